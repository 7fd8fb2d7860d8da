using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>
/// What survives a power failure depends on the order in which a server writes, flushes and renames. A test cannot cut the power, but strace
/// records the order.
/// </summary>
[TestFixture]
[Category("Slow")]
[Category("Crash")]
internal sealed class PowerLossOrderTests
{
    private const string Calls =
        "write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,sendto,sendmsg";

    private static readonly byte[] Bytes = new byte[700_000];

    private TemporaryFolder _folder = null!;
    private ServerProcess _server = null!;

    private string Data => _folder.Combine("data");

    private HttpClient Admin => _server.Admin;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Tools.Require("strace", "strace");
        _folder = new TemporaryFolder();
        _server = await ServerProcess.StartOnAsync(Data);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder?.Dispose();
    }

    [Test]
    public async Task A_new_image_is_complete_on_the_disk_before_its_folder_is_named_and_that_before_the_answer() =>
        Assert.That(await OutlineAsync(() => Admin.CreateAsync()), Is.EqualTo(new[] { "named folder", "answered" }));

    [Test]
    public async Task A_first_file_is_flushed_before_the_manifest_names_it_and_that_before_the_answer()
    {
        var uuid = await Admin.CreateAsync();
        var outline = await OutlineAsync(() => Admin.UploadAsync(uuid, Bytes));
        Assert.That(outline, Is.EqualTo(new[] { "named image", "named manifest.json", "answered" }));
    }

    [Test]
    public async Task The_old_file_goes_only_when_the_manifest_without_it_is_flushed()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        var outline = await OutlineAsync(() => Admin.UploadAsync(uuid, Bytes));
        Assert.That(outline, Is.EqualTo(new[] { "named image", "named manifest.json", "deleted image", "answered" }));
    }

    [Test]
    public async Task An_activation_is_flushed_before_its_answer()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        Assert.That(await OutlineAsync(() => Admin.ActAsync(uuid, "activate")), Is.EqualTo(new[] { "named manifest.json", "answered" }));
    }

    [Test]
    public async Task An_update_is_flushed_before_its_answer()
    {
        var uuid = await Admin.CreateAsync();
        var outline = await OutlineAsync(() => Admin.ActAsync(uuid, "update", Requests.Json(new { description = "new" })));
        Assert.That(outline, Is.EqualTo(new[] { "named manifest.json", "answered" }));
    }

    [Test]
    public async Task An_icon_comes_and_goes_as_a_file_does()
    {
        var uuid = await Admin.CreateAsync();
        Task Put() => Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Bytes[..1000], "image/png"));
        Assert.That(await OutlineAsync(Put), Is.EqualTo(new[] { "named icon", "named manifest.json", "answered" }));
        Assert.That(await OutlineAsync(Put), Is.EqualTo(new[] { "named icon", "named manifest.json", "deleted icon", "answered" }));
        Assert.That(
            await OutlineAsync(() => Admin.DeleteAnswerAsync($"/images/{uuid}/icon")),
            Is.EqualTo(new[] { "named manifest.json", "deleted icon", "answered" }));
    }

    [Test]
    public async Task A_deleted_image_has_lost_its_name_on_the_disk_before_the_answer()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        Assert.That(await OutlineAsync(() => Admin.DeleteAnswerAsync($"/images/{uuid}")), Is.EqualTo(new[] { "named trash", "answered" }));
    }

    [Test]
    public async Task An_image_that_gets_another_uuid_is_flushed_at_each_of_its_steps()
    {
        var uuid = await Admin.CreateAsync();
        var outline = await OutlineAsync(() => Admin.ActAsync(uuid, "update", Requests.Json(new { uuid = Guid.NewGuid() })));
        Assert.That(outline, Is.EqualTo(new[] { "named .imgapi", "named folder", "named manifest.json", "answered" }));
    }

    [Test]
    public async Task A_name_that_could_not_be_flushed_is_flushed_before_the_answer_to_the_next_change()
    {
        await using (await Strace.FailAsync(_server, "fsync", "EIO", Data))
        {
            Assert.That((await Admin.PostAnswerAsync("/images", Requests.Manifest(("name", "unflushed")))).Code, Is.EqualTo("StorageIsDown"));
        }

        var uuid = (await Admin.GetAnswerAsync("/images?state=all&name=unflushed")).Json[0].GetProperty("uuid").GetString()!;
        await using var strace = await Strace.AttachAsync(_server, "-e", $"trace={Calls}");
        await Admin.ActAsync(uuid, "update", Requests.Json(new { description = "new" }));
        var calls = SystemCall.Parse(await strace.DetachAsync());
        Assert.That(calls.Where(call => call.Name == "fsync").Select(call => call.DescriptorPath), Has.Some.EqualTo(Data));
    }

    [Test]
    public async Task Names_that_a_killed_process_may_not_have_flushed_are_flushed_before_the_answer_to_the_first_change()
    {
        var folder = _folder.Combine("killed");
        string uuid;
        await using (var killed = await ServerProcess.StartOnAsync(folder))
        {
            uuid = await killed.Admin.CreateAsync();
            await killed.KillAsync();
        }

        await using var server = await ServerProcess.StartOnAsync(folder);
        await using var strace = await Strace.AttachAsync(server, "-e", $"trace={Calls}");
        await server.Admin.ActAsync(uuid, "update", Requests.Json(new { description = "new" }));
        var calls = SystemCall.Parse(await strace.DetachAsync());
        Assert.That(calls.Where(call => call.Name == "fsync").Select(call => call.DescriptorPath), Has.Some.EqualTo(folder));
    }

    [Test]
    public async Task A_start_flushes_the_folder_before_it_deletes_content_that_a_killed_process_replaced()
    {
        var uuid = await Admin.CreateAsync();
        var folder = _folder.Combine("replaced");
        Directory.CreateDirectory(Path.Combine(folder, uuid));
        File.Copy(Path.Combine(Data, uuid, "manifest.json"), Path.Combine(folder, uuid, "manifest.json"));
        var replaced = Path.Combine(folder, uuid, "image-0123456789abcdef.gz");
        await File.WriteAllBytesAsync(replaced, []);

        var trace = _folder.Combine("start.trace");
        await using (await ServerProcess.StartOnAsync(folder, Strace.Wrapper("-y", "-o", trace, "-e", "trace=fsync,unlink")))
        {
            await Eventually.TrueAsync(async () => (await File.ReadAllTextAsync(trace)).Contains(replaced, StringComparison.Ordinal));
        }

        var calls = SystemCall.Parse(await File.ReadAllLinesAsync(trace));
        var deleted = calls.Single(call => call.Name == "unlink" && call.Paths[0] == replaced);
        Assert.That(
            calls.Where(call => call.Name == "fsync" && call.Ended < deleted.Began).Select(call => call.DescriptorPath),
            Has.Some.EqualTo(Path.GetDirectoryName(replaced)));
    }

    /// <summary>Records one request; fails if anything was out of order.</summary>
    private async Task<IEnumerable<string>> OutlineAsync(Func<Task> request)
    {
        await using var strace = await Strace.AttachAsync(_server, "-e", $"trace={Calls}");
        await request();
        var calls = SystemCall.Parse(await strace.DetachAsync());
        var rules = new DurabilityRules(Data);
        Assert.That(rules.Violations(calls), Is.Empty);
        return [.. rules.Outline(calls)];
    }
}
