"""The main journey, from a sentence to the paragraph of the report that quotes it, played by four people in a browser."""

import csv
import io
import re
import time

import docx
import pytest
from playwright.sync_api import expect

from answerable.demo import words
from tests.browser.addresses import CONSULTATION, DESK

pytestmark = pytest.mark.browser
SAID = (
    "The ferry timetable hangs beside the complaint book, and both are read aloud every Friday before the boat leaves."
)
TITLE = "What is read aloud is answered"
ROWS = 200
SUBJECTS = ["ferry", "market", "clinic", "school", "well", "harbour", "library", "seed bank"]
WAYS = ["a board by the door", "a monthly meeting", "a telephone tree", "a radio hour", "a shared ledger"]


def rows_of_a_survey() -> bytes:
    """A file as a facilitator brings it home: other headings than ours, 200 different answers."""
    file = io.StringIO()
    out = csv.writer(file)
    out.writerow(["Answer", "Which question", "Kind of input", "Who", "Sector"])
    for number in range(ROWS):
        subject, way = SUBJECTS[number % len(SUBJECTS)], WAYS[number % len(WAYS)]
        text = f"In place {number}, the {subject} committee answers people through {way}, {number + 3} times a year."
        out.writerow([text, 1 + number % 3, "example", f"Person {number}", "community"])
    return file.getvalue().encode()


def person(browser, site, email):
    context = browser.new_context(locale="en-GB", accept_downloads=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site.way_in(email))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("link", name=re.compile("^Account"))).to_be_visible()
    return page


def contribute(page, site) -> str:
    """Write, preview and send; returns the receipt code."""
    page.goto(f"{site.address}{CONSULTATION}2/contribute/")
    page.get_by_role("radio", name="Concrete example").check()
    page.locator("input[name=questions]").first.check()
    page.locator("textarea[name=text]").fill(SAID)
    page.get_by_role("button", name="See it as others will").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is how others will read it")
    expect(page.get_by_text(SAID)).to_be_visible()
    page.get_by_role("button", name="Send it and get my receipt").click()
    page.wait_for_url(re.compile(r"/c/R-"))
    return page.url.rstrip("/").rpartition("/c/")[2].partition("/")[0]


def hold_and_restore(page, site, code):
    """Hold the contribution back with a reason, see that it is gone, and show it again."""
    for state, choice in (("public", "Hold back"), ("held", "Publish|Show|Restore")):
        page.goto(f"{site.address}{DESK}moderation/?state={state}")
        entry = page.locator(f"article#{code}")
        entry.get_by_label(re.compile(choice)).first.check()
        if state == "public":
            entry.locator("summary").first.click()
            entry.locator("select").first.select_option("personal_data")
        page.get_by_role("button", name="Carry out the decisions").click()
        answer = page.request.get(f"{site.address}/api/v1/contributions/{code}/")
        assert answer.status == (403 if state == "public" else 200)


def bring_in_rows(page, site):
    page.goto(f"{site.address}{DESK}imports/")
    page.locator("input[type=file]").set_input_files(
        {"name": "survey.csv", "mimeType": "text/csv", "buffer": rows_of_a_survey()}
    )
    page.locator("select[name=session]").select_option("2")
    page.get_by_role("button", name="Read the file").click()
    for ours, theirs in (("text", "Answer"), ("question", "Which question"), ("kind", "Kind of input")):
        select = page.locator(f"select[name*={ours}]").first
        select.select_option(label=theirs)
    page.get_by_role("button", name="Check every row").click()
    page.get_by_role("button", name="Load all of it").click(timeout=20_000)
    expect(page.get_by_text(f"Added: {ROWS}.")).to_be_visible(timeout=20_000)


def synthesise(page, site):
    page.goto(f"{site.address}{DESK}synthesis/runs/")
    page.get_by_role("button", name="Group everything anew").click()
    expect(page.get_by_role("link", name="Go to the contributions")).to_be_visible(timeout=90_000)


def write_a_finding(page, site, code):
    page.goto(f"{site.address}{DESK}synthesis/?c={code}")
    page.locator("input[name=sentence]").first.check()
    page.get_by_role("button", name="Begin a new finding with it").click()
    page.get_by_label("Finding in one sentence").fill(TITLE)
    page.locator("textarea[name=statement]").fill("People trust an answer that is given where everybody hears it.")
    kind = page.locator("[name=kind][value=example]")
    if kind.count():
        kind.check()
    else:
        page.locator("select[name=kind]").select_option("example")
    page.get_by_role("button", name="Save the finding").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text(SAID).first).to_be_visible()


def begin_a_version(page, site):
    page.goto(f"{site.address}{DESK}synthesis/report/")
    page.get_by_role("button", name="Begin a version").click()
    expect(page.get_by_role("button", name="Save the report")).to_be_visible()


def publishing_is_refused(page, site):
    page.goto(f"{site.address}{DESK}synthesis/report/publish/")
    page.get_by_role("button", name="Publish the outcome report").click()
    expect(page.get_by_role("alert")).to_contain_text(str(ROWS + len(words.late_contributions())))


def place_the_rest(page, site):
    """Merge everything that still waits into the finding, a page at a time."""
    for _round in range(20):
        page.goto(f"{site.address}{DESK}synthesis/many/?list=open")
        boxes = page.locator("input[name=code]")
        if boxes.count() == 0:
            return
        for box in boxes.all():
            box.check()
        finding = page.locator("select[name=finding] option", has_text=TITLE).first.get_attribute("value")
        page.locator("select[name=finding]").select_option(finding)
        page.get_by_role("button", name="Merge into the finding").click()
    raise AssertionError("there is still something without a place")


def publish(page, site):
    page.goto(f"{site.address}{DESK}synthesis/report/publish/")
    page.get_by_role("button", name="Publish the outcome report").click()
    page.goto(f"{site.address}{CONSULTATION}outcome/")
    expect(page.get_by_role("heading", name=re.compile(TITLE)).first).to_be_visible()


def reads_the_notice_of_the_outcome(page, site):
    """Look again until the worker has told everybody; it does so after the report is out, one person after another."""
    notice = page.get_by_text("the outcome of").first
    deadline = time.monotonic() + 120
    page.goto(f"{site.address}/account/notices/")
    while notice.count() == 0 and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()
    expect(notice).to_be_visible()


def test_from_a_sentence_to_the_paragraph_that_quotes_it(browser, site, tmp_path):
    participant = person(browser, site, "participant@demo.example")
    code = contribute(participant, site)
    hold_and_restore(person(browser, site, "moderator@demo.example"), site, code)
    convener = person(browser, site, "convener@demo.example")
    bring_in_rows(convener, site)
    rapporteur = person(browser, site, "rapporteur@demo.example")
    synthesise(rapporteur, site)
    write_a_finding(rapporteur, site, code)
    begin_a_version(rapporteur, site)
    publishing_is_refused(convener, site)
    place_the_rest(rapporteur, site)
    publish(convener, site)

    reads_the_notice_of_the_outcome(participant, site)
    participant.goto(f"{site.address}/c/{code}/")
    participant.get_by_role("link", name=re.compile(TITLE)).first.click()
    assert "/outcome/#f-" in participant.url
    paragraph = participant.locator(f"[id='{participant.url.rpartition('#')[2]}']")
    expect(paragraph).to_be_in_viewport()
    expect(participant.get_by_text(SAID).first).to_be_visible()
    with participant.expect_download() as waiting:
        participant.get_by_role("link", name=re.compile("DOCX")).first.click()
    waiting.value.save_as(tmp_path / "report.docx")
    assert any(SAID in paragraph.text for paragraph in docx.Document(tmp_path / "report.docx").paragraphs)
    assert site.command("verify").startswith("The record is whole.")
