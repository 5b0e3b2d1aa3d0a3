//! What we draw is read by a reader that is not ours, as a camera sees it: blurred, turned, half covered.

use super::*;

/// As long as a code with the longest address of a relay in it gets in practice.
const TEXT: &str = "jasaq:006vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wgqyrzpbfe06vda3n8kx2m94h1c7t5wg";

/// Grey pixels, row by row.
#[derive(Clone)]
struct Picture {
    side: usize,
    grey: Vec<u8>,
}

impl Picture {
    fn of(side: usize, is_dark: impl Fn(usize, usize) -> bool) -> Self {
        let grey = |at: usize| if is_dark(at % side, at / side) { 0 } else { 255 };
        Self { side, grey: (0..side * side).map(grey).collect() }
    }

    fn at(&self, x: i64, y: i64) -> u8 {
        let inside = |at: i64| usize::try_from(at).ok().filter(|at| *at < self.side);
        inside(x).zip(inside(y)).map_or(255, |(x, y)| self.grey[y * self.side + x])
    }

    /// As a camera that is not held straight sees it: turned by the angle of this opposite and adjacent side.
    fn turned(&self, (opposite, adjacent, hypotenuse): (i64, i64, i64)) -> Self {
        let (side, middle) = (self.side * 3 / 2, i64::try_from(self.side / 2).unwrap());
        let outer = i64::try_from(side / 2).unwrap();
        let pixel = |at: usize| {
            let [x, y] = [at % side, at / side].map(|at| i64::try_from(at).unwrap() - outer);
            let along = (x * adjacent + y * opposite) / hypotenuse;
            self.at(middle + along, middle + (y * adjacent - x * opposite) / hypotenuse)
        };
        Self { side, grey: (0..side * side).map(pixel).collect() }
    }

    /// As a camera that is not focused sees it.
    fn blurred(&self, radius: i64) -> Self {
        let pixel = |at: usize| {
            let [x, y] = [at % self.side, at / self.side].map(|at| i64::try_from(at).unwrap());
            let (mut seen, mut count) = (0, 0);
            for (x, y) in
                (y - radius..=y + radius).flat_map(|y| (x - radius..=x + radius).map(move |x| (x, y)))
            {
                seen += u64::from(self.at(x, y));
                count += 1;
            }
            u8::try_from(seen / count).unwrap()
        };
        Self { side: self.side, grey: (0..self.grey.len()).map(pixel).collect() }
    }

    fn read(&self) -> Option<String> {
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.side, self.side, |x, y| {
            self.grey[y * self.side + x]
        });
        let grids = image.detect_grids();
        grids.first()?.decode().ok().map(|(_, text)| text)
    }
}

fn of_png(bytes: &[u8]) -> Picture {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut grey).unwrap();
    assert_eq!(frame.width, frame.height);
    Picture { side: frame.width as usize, grey }
}

/// Draws the only path of an SVG of ours: `M`, `h`, `v`, `H`, `V` and `z` over whole numbers.
fn of_svg(svg: &str) -> Picture {
    let view = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap();
    let side: usize = view.parse().unwrap();
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for rectangle in path.split('M').filter(|part| !part.trim().is_empty()) {
        let numbers: Vec<usize> = rectangle
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .map(|digits| digits.parse().unwrap())
            .collect();
        let [x, y, width, height, ..] = numbers[..] else { panic!("{rectangle}") };
        assert!(rectangle.contains('h') && rectangle.contains('v'), "{rectangle}");
        for (x, y) in (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y))) {
            dark[y * side + x] = true;
        }
    }
    Picture::of(side, |x, y| dark[y * side + x])
}

fn of_terminal(drawn: &str, scale: usize) -> Picture {
    let lines: Vec<Vec<char>> = drawn
        .lines()
        .map(|line| line.strip_prefix(INK).unwrap().strip_suffix(NO_INK).unwrap().chars().collect())
        .collect();
    let side = lines[0].len();
    let is_dark = |x: usize, y: usize| match lines.get(y / 2).map_or(' ', |line| line[x]) {
        '█' => true,
        '▀' => y.is_multiple_of(2),
        '▄' => !y.is_multiple_of(2),
        ' ' => false,
        other => panic!("{other:?}"),
    };
    Picture::of(side * scale, |x, y| is_dark(x / scale, y / scale))
}

#[test]
fn what_is_drawn_is_read_from_picture_drawing_and_terminal() {
    let due = Some(TEXT.to_ascii_uppercase());
    for surface in [Surface::Screen, Surface::Paper] {
        let qr = Qr::of(TEXT, surface).unwrap();
        assert_eq!(of_png(&qr.to_png().unwrap()).read(), due);
        assert_eq!(of_svg(&qr.to_svg()).read(), due);
        assert_eq!(of_terminal(&qr.to_terminal(), 6).read(), due);
    }
}

#[test]
fn a_camera_that_is_turned_or_out_of_focus_reads_it() {
    // Eight pixels a module: about what a phone's camera makes of a screen at arm's length.
    let picture = of_terminal(&Qr::of(TEXT, Surface::Screen).unwrap().to_terminal(), 8);
    let due = Some(TEXT.to_ascii_uppercase());
    for angle in [(3, 4, 5), (-7, 24, 25), (11, 60, 61), (1, 0, 1), (0, -1, 1)] {
        assert_eq!(picture.turned(angle).read(), due, "{angle:?}");
    }
    assert_eq!(picture.blurred(2).read(), due);
    assert_eq!(picture.turned((-7, 24, 25)).blurred(2).read(), due);
    assert_eq!(picture.blurred(12).read(), None, "otherwise nothing was blurred");
}

#[test]
fn a_scan_is_read_at_whatever_resolution() {
    // As long as a certificate's code; from 2.3 pixels a module on.
    let text: String = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().cycle().take(428).collect();
    let drawn = of_png(&Qr::of(&text, Surface::Paper).unwrap().to_png().unwrap());
    let side = u32::try_from(drawn.side).unwrap();
    let drawn = image::GrayImage::from_raw(side, side, drawn.grey).unwrap();
    for side in (206..430).step_by(16) {
        let code = image::imageops::resize(&drawn, side, side, image::imageops::FilterType::Triangle);
        let mut page = image::GrayImage::from_pixel(side * 4, side * 5, image::Luma([255]));
        image::imageops::overlay(&mut page, &code, i64::from(side), i64::from(side) * 2);
        let mut file = std::io::Cursor::new(Vec::new());
        page.write_to(&mut file, image::ImageFormat::Png).unwrap();
        let read = reading::read_picture(file.get_ref()).unwrap();
        assert_eq!(read, [text.as_str()], "a code of {side} pixels on a page");
    }
}

#[test]
fn a_stain_on_paper_takes_nothing_away() {
    let mut picture = of_png(&Qr::of(&TEXT[..96], Surface::Paper).unwrap().to_png().unwrap());
    let (from, to) = (picture.side * 11 / 20, picture.side * 14 / 20);
    for (x, y) in (from..to).flat_map(|y| (from..to).map(move |x| (x, y))) {
        picture.grey[y * picture.side + x] = 0;
    }
    assert_eq!(picture.read(), Some(TEXT[..96].to_ascii_uppercase()));
}

#[test]
fn around_the_code_is_room_and_a_module_is_large_enough_for_a_screen() {
    let qr = Qr::of(TEXT, Surface::Screen).unwrap();
    let picture = of_png(&qr.to_png().unwrap());
    assert!(picture.side >= QR_PIXELS_MIN);
    let modules = qr.0.width() + 2 * QUIET;
    let quiet = picture.side / modules * QUIET;
    assert!((0..picture.side).all(|x| (0..quiet).all(|y| picture.grey[y * picture.side + x] == 255)));
    assert_eq!(qr.size_on_terminal().0, modules);
    assert!(qr.size_on_terminal().0 <= 80, "it fits a terminal of 80 columns");
}

#[test]
fn what_no_code_holds_is_refused() {
    assert!(Qr::of(&"0".repeat(8_000), Surface::Screen).is_err());
}
