using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>
/// The disk fails at one step of a change of UUID: the new manifest is written (<c>pwrite64</c>), flushed (<c>fsync</c> 1) and renamed to a
/// note (<c>rename</c> 1), which is flushed (<c>fsync</c> 2); the folder is renamed (<c>rename</c> 2) and flushed (<c>fsync</c> 3); the note
/// is renamed to the manifest (<c>rename</c> 3), which is flushed (<c>fsync</c> 4).
/// </summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class UuidChangeFaultTests
{
    private static readonly string Next = Guid.NewGuid().ToString();

    private TemporaryFolder _folder = null!;
    private ServerProcess _server = null!;
    private string _uuid = null!;

    private HttpClient Admin => _server.Admin;

    [SetUp]
    public async Task StartAsync()
    {
        Tools.Require("strace", "strace");
        _folder = new TemporaryFolder();
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
        _uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(_uuid);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder?.Dispose();
    }

    [TestCase("pwrite64", 1)]
    [TestCase("fsync", 1)]
    [TestCase("rename", 1)]
    [TestCase("fsync", 2)]
    [TestCase("rename", 2)]
    public async Task A_fault_before_the_folder_is_renamed_refuses_the_change_and_no_start_carries_it_out(string call, int step)
    {
        var before = await ShownAsync();
        var answer = await ChangeUuidAsync(call, step);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "StorageIsDown")));
        Assert.That(await ShownAsync(), Is.EqualTo(before));
        await RestartAsync();
        Assert.That(await ShownAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_fault_when_the_new_name_is_flushed_refuses_the_change_and_it_is_shown_before_and_after_a_restart()
    {
        var answer = await ChangeUuidAsync("fsync", 3);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "StorageIsDown")));
        await ExpectChangedAsync();
    }

    [TestCase("rename", 3)]
    [TestCase("fsync", 4)]
    public async Task A_fault_after_the_new_name_is_flushed_does_not_fail_the_change(string call, int step)
    {
        var answer = await ChangeUuidAsync(call, step);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        await ExpectChangedAsync();
    }

    [TestCase("fsync", 3)]
    [TestCase("rename", 3)]
    public async Task An_update_after_a_fault_is_not_undone_by_the_next_start(string call, int step)
    {
        await ChangeUuidAsync(call, step);
        await using (await Strace.InjectAsync(_server, "unlink:error=EROFS"))
        {
            await Admin.ActAsync(Next, "update", Requests.Json(new { description = "later" }));
        }

        var before = await ShownAsync();
        await RestartAsync();
        Assert.That(await ShownAsync(), Is.EqualTo(before).And.Contain("later"));
    }

    [Test]
    public async Task A_second_change_of_uuid_that_is_refused_keeps_the_first()
    {
        await ChangeUuidAsync("rename", 3);
        var before = await ShownAsync();
        await using (await Strace.InjectAsync(_server, "rename:error=EROFS:when=3+", "unlink:error=EROFS"))
        {
            var answer = await Admin.PostAnswerAsync($"/images/{Next}?action=update", Requests.Json(new { uuid = _uuid, description = "refused" }));
            Assert.That(answer.Code, Is.EqualTo("StorageIsDown"));
        }

        Assert.That(await ShownAsync(), Is.EqualTo(before));
        await RestartAsync();
        Assert.That(await ShownAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_start_that_cannot_finish_the_change_still_shows_it()
    {
        await ChangeUuidAsync("rename", 3);
        var before = await ShownAsync();
        await RestartAsync(Strace.Wrapper("-o", _folder.Combine("trace"), "-e", "inject=rename:error=EROFS"));
        Assert.That(_server.Log, Has.Some.Contains($"Could not be repaired, the next start tries again: finished the move to the uuid {Next}"));
        Assert.That(await ShownAsync(), Is.EqualTo(before));
        await RestartAsync();
        Assert.That(await ShownAsync(), Is.EqualTo(before));
    }

    private async Task<string> ShownAsync() => (await Admin.GetAnswerAsync("/images?state=all")).Text;

    /// <summary>Requests another UUID and description. The call fails from the given step on, and no file can be deleted.</summary>
    private async Task<Answer> ChangeUuidAsync(string call, int step)
    {
        await using (await Strace.InjectAsync(_server, $"{call}:error=EROFS:when={step}+", "unlink:error=EROFS"))
        {
            return await Admin.PostAnswerAsync($"/images/{_uuid}?action=update", Requests.Json(new { uuid = Next, description = "moved" }));
        }
    }

    private async Task ExpectChangedAsync()
    {
        var shown = await ShownAsync();
        Assert.That(shown, Does.Contain(Next).And.Contain("moved").And.Not.Contain(_uuid));
        await RestartAsync();
        Assert.That(await ShownAsync(), Is.EqualTo(shown));
        Assert.That((await Admin.GetAnswerAsync($"/images/{Next}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That(Directory.GetFiles(_folder.Combine("data", Next)), Has.Length.EqualTo(2));
    }

    private async Task RestartAsync(params string[] wrapper)
    {
        await _server.DisposeAsync();
        _server = await ServerProcess.StartOnAsync(_folder.Combine("data"), wrapper);
    }
}
