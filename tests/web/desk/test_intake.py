"""Bringing in a file at the desk: upload, columns, dry run, mending, loading, and once more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from answerable.consultations.models import Contribution, ImportBatch
from answerable.consultations.states import Channel, ImportState

IMPORTS = "/desk/consultations/water/imports/"
GOOD = "said,who,q\nThe tap by the school drips.,Table 4,1\nThe board is blank.,Table 5,2\n"
BAD = "said,who,q\nThe tap by the school drips.,Table 4,1\n,Table 5,9\n"


def upload(client, content, *, name="table.csv", session="1"):
    file = SimpleUploadedFile(name, content.encode())
    return client.post(IMPORTS, {"act": "upload", "session": session, "file": file})


def columns(client, address, **chosen):
    return client.post(address, {"act": "check", "column-text": "said", "column-question": "q", **chosen})


def bring(client, content):
    """Upload a file and have it checked; return where it stands."""
    answer = columns(client, upload(client, content)["Location"], **{"column-author": "who"})
    assert answer.status_code == 302
    return answer["Location"]


def test_file_is_brought_in_from_upload_to_contributions(convener, world):
    answer = upload(convener, GOOD)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == f"{IMPORTS}{batch.public_id}/columns/"
    page = convener.get(answer["Location"]).content.decode()
    assert '<th scope="col"><bdi>said</bdi></th>' in page
    assert "The tap by the school drips." in page
    answer = columns(convener, answer["Location"], **{"column-author": "who", "fixed-country": "NPL"})
    page = convener.get(answer["Location"]).content.decode()
    assert "Every row is right. New: 2. Known from an earlier file: 0." in page
    answer = convener.post(f"{IMPORTS}{batch.public_id}/", {"act": "load"})
    assert "Added: 2. Known before: 0." in convener.get(answer["Location"]).content.decode()
    rows = Contribution.objects.filter(channel=Channel.FILE).order_by("pk")
    assert [(row.text, row.attributed_name, row.country_id) for row in rows] == [
        ("The tap by the school drips.", "Table 4", "NPL"),
        ("The board is blank.", "Table 5", "NPL"),
    ]


def test_dry_run_names_every_bad_row_and_loads_nothing(convener, world):
    page = convener.get(bring(convener, BAD)).content.decode()
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.problem_count) == (ImportState.REJECTED, 2)
    assert "2 things have to be mended before anything is loaded." in page
    for said in ("There is no text.", "Write the text, or delete the row.", "“9” is not a question of this session."):
        assert said in page
    answer = convener.post(f"{IMPORTS}{batch.public_id}/", {"act": "load"})
    assert answer.status_code == 422
    assert not Contribution.objects.filter(channel=Channel.FILE).exists()


def test_problems_are_downloaded_as_a_table(convener, world):
    bring(convener, BAD)
    answer = convener.get(f"{IMPORTS}{ImportBatch.objects.get().public_id}/problems.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"].startswith("attachment")
    assert lines[0] == "row,column,what is wrong,what would be right"
    assert lines[1] == '3,said,There is no text.,"Write the text, or delete the row."'


def test_problems_that_look_like_formulas_are_made_harmless(convener, world):
    bring(convener, GOOD.replace("said,", "=cmd(),").replace("=cmd()", "said"))
    batch = ImportBatch.objects.get()
    batch.problems = [{"row": 2, "column": "=HYPERLINK()", "wrong": "@x", "right": "-1"}]
    batch.save()
    answer = convener.get(f"{IMPORTS}{batch.public_id}/problems.csv")
    assert answer.content.decode("utf-8-sig").splitlines()[1] == "2,'=HYPERLINK(),'@x,'-1"


def test_same_file_again_adds_nothing(convener, world):
    for _time in range(2):
        address = bring(convener, GOOD).split("?")[0]
        convener.post(address, {"act": "load"})
    assert Contribution.objects.filter(channel=Channel.FILE).count() == 2
    newest = ImportBatch.objects.first()
    assert (newest.state, newest.rows_added, newest.rows_known) == (ImportState.DONE, 0, 2)


def test_mapping_without_a_text_column_keeps_what_was_chosen(convener, world):
    address = upload(convener, GOOD)["Location"]
    answer = columns(convener, address, **{"column-text": "", "column-author": "who"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-map-column-text">Text of the contribution</a>: Choose the column' in page
    assert page.count('<option value="who" selected>who</option>') == 1


def test_mapping_is_offered_from_the_headings(convener, world):
    page = convener.get(upload(convener, "Text,Question\nThe tap drips.,1\n")["Location"]).content.decode()
    assert '<option value="Text" selected>Text</option>' in page
    assert '<option value="Question" selected>Question</option>' in page


@pytest.mark.parametrize(("content", "name"), [("", "table.csv"), ("a,b\n1,2\n", "table.pdf")])
def test_file_that_is_no_table_is_refused_at_its_field(convener, world, content, name):
    answer = upload(convener, content, name=name)
    assert answer.status_code == 422
    assert '<a href="#f-file">File</a>: ' in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_named_as_wrong(convener, world):
    answer = convener.post(IMPORTS, {"act": "upload", "session": "1"})
    assert answer.status_code == 422
    assert '<a href="#f-file">File</a>: Choose a CSV or XLSX file.' in answer.content.decode()


def test_unfinished_work_refreshes_by_itself_without_a_script(convener, world):
    bring(convener, GOOD)
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(state=ImportState.LOADING, rows_done=1)
    address = f"{IMPORTS}{batch.public_id}/"
    answer = convener.get(address)
    assert answer["Refresh"] == "4"
    assert 'max="2" value="1"' in answer.content.decode()
    assert "Refresh" not in convener.get(address + "?live=1")
    assert convener.get(address + "state.json").json() == {
        "is_working": True,
        "label": "Being loaded",
        "done": 1,
        "total": 2,
    }


def test_work_that_no_worker_has_begun_is_waited_for(convener, world):
    bring(convener, GOOD)
    batch = ImportBatch.objects.get()
    answer = convener.get(f"{IMPORTS}{batch.public_id}/?asked=load&of=checked")
    assert "Waiting for the worker to begin" in answer.content.decode()
    assert answer["Refresh"] == "4"
    ImportBatch.objects.update(state=ImportState.DONE)
    assert "Refresh" not in convener.get(f"{IMPORTS}{batch.public_id}/?asked=load&of=checked")


def test_failed_file_is_checked_again(convener, world):
    bring(convener, GOOD)
    ImportBatch.objects.update(state=ImportState.FAILED)
    address = f"{IMPORTS}{ImportBatch.objects.get().public_id}/"
    assert "Check it again" in convener.get(address).content.decode()
    assert convener.post(address, {"act": "check"}).status_code == 302
    assert ImportBatch.objects.get().state == ImportState.CHECKED


def test_file_of_another_consultation_is_not_found(administrator, world):
    assert administrator.get(f"{IMPORTS}unknown/").status_code == 404
