//! The pages of the training in a browser, in the language that the browser likes best, with the
//! other five below it; and what a browser may do with them.

use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;

/// A file that a page needs: its path, its kind and its bytes.
pub type Asset = (&'static str, &'static str, &'static str);

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// All of them are in the program itself.
pub const ASSETS: [Asset; 7] = [
    ("/page.js", SCRIPT, include_str!("page.js")),
    ("/page.css", STYLE, include_str!("page.css")),
    ("/xterm.mjs", SCRIPT, include_str!("xterm/xterm.mjs")),
    ("/xterm.css", STYLE, include_str!("xterm/xterm.css")),
    ("/addon-fit.mjs", SCRIPT, include_str!("xterm/addon-fit.mjs")),
    ("/addon-unicode11.mjs", SCRIPT, include_str!("xterm/addon-unicode11.mjs")),
    ("/addon-webgl.mjs", SCRIPT, include_str!("xterm/addon-webgl.mjs")),
];

/// What a page is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    /// The terminal, with what is said before and after it.
    Training,
    AskCode,
    CodeWrong,
    CodeWait,
    /// It was opened by a name that is not this machine's.
    OtherAddress,
}

/// What the browser is allowed: what comes from here, and nothing else. xterm.js makes style
/// elements, which have the page's nonce, and style attributes for colours of 24 bits.
pub fn rules(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-{nonce}'; \
         style-src-attr 'unsafe-inline'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

/// The language that a browser likes best of ours: the first of `Accept-Language` with the greatest
/// weight (RFC 9110, 12.5.4).
pub fn language(accepted: &str) -> Language {
    let liked = accepted.split(',').filter_map(|part| {
        let mut words = part.split(';').map(str::trim);
        let language = Language::from_tag(words.next()?)?;
        let weight = words.find_map(|word| word.strip_prefix("q=")).unwrap_or("1");
        // Thousandths, so that weights can be compared.
        let weight = weight.parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight))?;
        Some((language, (weight * 1000.0) as u32))
    });
    let best =
        liked.filter(|(_, weight)| *weight > 0).fold(None, |best, (language, weight)| match best {
            Some((_, most)) if most >= weight => best,
            Some(_) | None => Some((language, weight)),
        });
    best.map_or_else(Language::default, |(language, _)| language)
}

impl Page {
    /// The page as HTML. Its nonce must be another one each time.
    pub fn html(self, language: Language, nonce: &str) -> String {
        let said = Said { texts: Texts::default(), language };
        let title = [said.one(&say::Training), said.one(&say::ServiceName)].join(" · ");
        let body = match self {
            Page::Training => training(&said),
            Page::AskCode => form(&said, &said.all(&say::WebAskCode)),
            Page::CodeWrong => form(&said, &said.all(&say::WebCodeWrong)),
            Page::CodeWait => form(&said, &said.all(&say::WebCodeWait)),
            Page::OtherAddress => section("address", &said.all(&say::WebAddress), ""),
        };
        let scripts = match self {
            Page::Training => "<script type=\"module\" src=\"/page.js\"></script>\n",
            Page::AskCode | Page::CodeWrong | Page::CodeWait | Page::OtherAddress => "",
        };
        format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n\
             <link rel=\"stylesheet\" href=\"/xterm.css\" nonce=\"{nonce}\">\n\
             <link rel=\"stylesheet\" href=\"/page.css\">\n{scripts}</head>\n\
             <body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n",
            tag = language.tag(),
        )
    }
}

/// The terminal, and what stands over it while there is none: one of the sections at a time.
fn training(said: &Said) -> String {
    let button =
        |message: &dyn Message| format!("<button type=\"button\">{}</button>\n", said.one(message));
    [
        "<div id=\"terminal\"></div>\n".to_owned(),
        section("connecting", &said.all(&say::AttractConnecting), ""),
        hidden("ended", &said.all(&say::WebEnded), &button(&say::WebBegin)),
        hidden("full", &said.all(&say::WebFull), &button(&say::WebTry)),
        hidden("lost", &said.all(&say::WebLost), &button(&say::WebTry)),
    ]
    .concat()
}

fn section(name: &str, words: &str, button: &str) -> String {
    format!("<section id=\"{name}\">\n{words}{button}</section>\n")
}

fn hidden(name: &str, words: &str, button: &str) -> String {
    format!("<section id=\"{name}\" hidden>\n{words}{button}</section>\n")
}

fn form(said: &Said, words: &str) -> String {
    let enter = said.one(&say::WebEnter);
    let first = said.one(&say::WebAskCode);
    let form = format!(
        "<form method=\"post\" action=\"/code\">\n\
         <input name=\"code\" aria-label=\"{first}\" maxlength=\"20\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\" autofocus required>\n\
         <button>{enter}</button>\n</form>\n"
    );
    section("code", words, &form)
}

/// What is said on a page, safe within HTML.
struct Said {
    texts: Texts,
    language: Language,
}

impl Said {
    fn one(&self, message: &dyn Message) -> String {
        escaped(&self.texts.say(self.language, message))
    }

    /// In the page's language, and then small in the others: somebody else may stand there.
    fn all(&self, message: &dyn Message) -> String {
        let mut words = format!("<p>{}</p>\n", self.one(message));
        for other in Language::ALL.into_iter().filter(|other| *other != self.language) {
            let text = escaped(&self.texts.say(other, message));
            words.push_str(&format!("<p class=\"other\" lang=\"{}\">{text}</p>\n", other.tag()));
        }
        words
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("th", Language::Th)]
    #[case("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", Language::ZhTw)]
    #[case("fr-FR,fr;q=0.9,vi;q=0.8,en;q=0.7", Language::Vi)]
    #[case("en;q=0.2, id-ID;q=0.9", Language::Id)]
    #[case("ja;q=0, en;q=0.1", Language::En)]
    #[case("ja;q=2, ja;q=x, en;q=0.1", Language::En)]
    #[case("", Language::ZhTw)]
    #[case("de, *;q=0.1", Language::ZhTw)]
    fn a_page_speaks_what_the_browser_likes_best(
        #[case] accepted: &str,
        #[case] expected: Language,
    ) {
        assert_eq!(language(accepted), expected);
    }

    #[test]
    fn each_page_says_its_words_in_all_languages_its_own_first() {
        let texts = Texts::default();
        for (page, message) in [
            (Page::Training, &say::WebFull as &dyn Message),
            (Page::Training, &say::WebEnded),
            (Page::Training, &say::WebLost),
            (Page::AskCode, &say::WebAskCode),
            (Page::CodeWrong, &say::WebCodeWrong),
            (Page::CodeWait, &say::WebCodeWait),
            (Page::OtherAddress, &say::WebAddress),
        ] {
            for own in Language::ALL {
                let html = page.html(own, "abc");
                assert!(html.contains(&format!("<html lang=\"{}\">", own.tag())), "{html}");
                let at = |language| {
                    let text = escaped(&texts.say(language, message));
                    html.find(&text).unwrap_or_else(|| panic!("{text} is not in {html}"))
                };
                assert!(Language::ALL.into_iter().all(|other| at(own) <= at(other)), "{html}");
                assert!(html.contains(&texts.say(own, &say::Training)), "{html}");
            }
        }
    }

    #[test]
    fn words_stay_words() {
        assert_eq!(escaped("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
    }
}
