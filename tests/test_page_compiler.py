"""What must never happen: a template puts a value where no escaping makes it safe, and the program is built anyway.

Usage: test_page_compiler.py [PAGE-COMPILER]
Each row is a template and either a part of the reason why it is refused, or a line that the compiler must write."""
import os
import subprocess
import sys
import tempfile

REFUSED = [
    ("a value in a tag's name", "<{{ x }}>", "&lt;"),
    ("a value in an attribute's name", "<p {{ x }}=\"1\">", "only between tags"),
    ("a value as an unquoted attribute", "<p class={{ x }}>", "only between tags"),
    ("an unquoted attribute", "<p class=a>", "double quotes"),
    ("an attribute in single quotes", "<p class='a'>", "double quotes"),
    ("a comment", "<!-- {{ x }} -->", "comments"),
    ("an inline script", "<script>let a = 1;</script>", "inline script"),
    ("a value in a script", "<script>{{ x }}</script>", "only between tags"),
    ("a style element", "<style>p { color: red }</style>", "style"),
    ("a style attribute", '<p style="color: {{ x }}">', "style"),
    ("an event handler", '<p onclick="{{ x }}">', "event handlers"),
    ("an event handler in an optional attribute", '<p {{? x : onclick="a()" }}>', "event handlers"),
    ("a document in an attribute", '<iframe srcdoc="{{ x }}">', "may not be used"),
    ("a redirection", '<meta http-equiv="refresh" content="{{ x }}">', "may not be used"),
    ("an attribute for which no escaping is known", '<img srcset="{{ x }}">', "no safe escaping"),
    ("another one", '<a ping="{{ x }}">', "no safe escaping"),
    ("a value that completes a scheme", '<a href="javascript:{{ x }}">', "scheme"),
    ("a value that completes another scheme", '<a href="data{{ x }}">', "scheme"),
    ("a value that completes a host", '<a href="https://{{ x }}">', "host"),
    ("a value that completes a host without a scheme", '<a href="//{{ x }}">', "host"),
    ("words in a URL", '<a href="{{_ x }}">', "part of a URL"),
    ("a part in an attribute", '<p class="{{> part() }}">', "between tags"),
    ("a part in the title", "<title>{{> part() }}</title>", "between tags"),
    ("a tag in the title", "<title><b></b></title>", "only text"),
    ("an optional text between tags", "<p>{{? x : 1 }}", "only in a tag"),
    ("an optional text that leaves its attribute", '<p class="a{{? x : " }}">', "begin and end"),
    ("an optional text that leaves its tag", "<p {{? x : > }}>", "begin and end"),
    ("C in a tag", '<p\n% int a;\nclass="a">', "between tags"),
    ("C in an attribute", '<p class="\n% int a;\n">', "between tags"),
    ("braces that do not end", "<p>{{ x", "without }}"),
    ("braces with nothing between", "<p>{{ }}", "nothing stands"),
    ("a tag that is not closed", "<div>", "still open"),
    ("a file that ends in a tag", "<p class=", "ends inside"),
    ("tags that cross", "<b><i></b></i>", "does not match"),
    ("an end without a start", "</div>", "not opened"),
    ("a block that leaves an element open", "% if (x) {\n<div>\n% }\n</div>", "not closed in it"),
    ("a block that closes another's element", "<div>\n% if (x) {\n</div>\n% }", "not opened in this block"),
    ("words that are not translated", "<p>Hello</p>", "words for people"),
    ("words in an attribute that are not translated", '<p title="Hello"></p>', "words for people"),
    ("a bare <", "<p>1 < 2", "&lt;"),
    ("an include that is not there", "{{< nowhere.html }}", "cannot be opened"),
    ("an include that includes itself", "{{< self.html }}", "too deeply"),
]

WRITTEN = [
    ("a value between tags is escaped", "<p>{{ x }}", "OUT_VALUE(out, x);"),
    ("a value in an attribute is escaped", '<p class="{{ x }}">', "OUT_VALUE(out, x);"),
    ("a value that is a whole URL has its scheme checked", '<a href="{{ x }}"></a>', "out_href(out, x);"),
    ("a value in a path is percent-encoded", '<a href="/a/{{ x }}"></a>', "OUT_URL_PART(out, x);"),
    ("a value in a query is percent-encoded", '<a href="{{ x }}?q={{ y }}"></a>', "OUT_URL_PART(out, y);"),
    ("a value in a fixed host's path is percent-encoded", '<a href="https://e.org/{{ x }}"></a>',
     "OUT_URL_PART(out, x);"),
    ("a title is text", "<title>{{ x }}</title>", "OUT_VALUE(out, x);"),
    ("words are translated", "<p>{{_ Hello }}", 'out_text(out, say(language, "Hello"));'),
    ("words may hold quotation marks", '<p>{{_ Say "a" }}', 'say(language, "Say \\"a\\"")'),
    ("an optional attribute depends on its condition", "<input {{? x : checked }}>", "if (x) {"),
    ("a part gets the page", "<p></p>{{> chart(a, b) }}", "chart(out, a, b);"),
    ("a part without arguments gets the page", "<p></p>{{> chart() }}", "chart(out);"),
    ("C stays C", "% int a = '{';", " int a = '{';"),
    ("a list may leave its ends out", "<ul>\n% for (;;) {\n<li>{{ x }}\n% }\n</ul>", "<ul>"),
    ("a table may leave its ends out", "<table><tr><th>{{ a }}<td>{{ b }}<tr><td>{{ c }}</table>", "<table>"),
    ("entities are not words", "<p>&nbsp;&middot;", "&nbsp;&middot;"),
    ("a name need not be translated", '<p translate="no">Vigie</p>', "Vigie"),
    ("a script from a file is fine", '<script src="/assets/a.js" type="module"></script>', "script"),
    ("a broken line names the template", "\n\n<p>{{ x }}", "#line 3"),
]


def compile_template(compiler, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "self.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([compiler, path], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr


def main():
    root = os.environ.get("VIGIE_ROOT", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    compiler = sys.argv[1] if len(sys.argv) > 1 else os.path.join(root, "build", "templates", "page")
    count, failed = 0, 0
    for rows, refused in ((REFUSED, True), (WRITTEN, False)):
        for name, template, expected in rows:
            status, code, reason = compile_template(compiler, template)
            good = status == 1 and expected in reason if refused else status == 0 and expected in code
            count += 1
            failed += not good
            print(f"{'ok' if good else 'not ok'} {count} - {'refused: ' if refused else ''}{name}")
            if not good:
                print("# status", status, "wrote:", (code + reason).replace("\n", "\n# "))
    print(f"1..{count}")
    return 1 if failed else 0


sys.exit(main())
