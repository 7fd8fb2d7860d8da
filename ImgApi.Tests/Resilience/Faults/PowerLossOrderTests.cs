using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>
/// What a power failure leaves depends on the order in which the server writes, flushes and renames. A test cannot cut the power, but
/// strace records the order.
/// </summary>
[TestFixture]
[Category("Slow")]
[Category("Crash")]
internal sealed class PowerLossOrderTests : TracedServerFixture
{
    private static readonly byte[] Bytes = new byte[700_000];

    [Test]
    public async Task A_new_image_is_flushed_before_its_folder_is_renamed_and_the_rename_before_the_answer() =>
        Assert.That(await OutlineAsync(() => Admin.CreateAsync()), Is.EqualTo(new[] { "named folder", "answered" }));

    [Test]
    public async Task A_first_file_is_flushed_before_the_manifest_names_it_and_the_manifest_before_the_answer()
    {
        var uuid = await Admin.CreateAsync();
        var outline = await OutlineAsync(() => Admin.UploadAsync(uuid, Bytes));
        Assert.That(outline, Is.EqualTo(new[] { "named image", "named manifest.json", "answered" }));
    }

    [Test]
    public async Task An_old_file_is_deleted_after_the_manifest_that_replaces_it_is_flushed()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        var outline = await OutlineAsync(() => Admin.UploadAsync(uuid, Bytes));
        Assert.That(outline, Is.EqualTo(new[] { "named image", "named manifest.json", "deleted image", "answered" }));
    }

    [Test]
    public async Task A_resumable_upload_is_flushed_and_recorded_before_its_bytes_become_the_file()
    {
        var uuid = await Admin.CreateAsync();
        var upload = await ResumableUpload.BeginAsync(Admin, uuid, Bytes.Length);
        var outline = await OutlineAsync(() => upload.AppendAsync(0, Bytes));
        Assert.That(outline, Is.EqualTo(new[] { "named upload", "named image", "named manifest.json", "named upload", "answered" }));
    }

    [Test]
    public async Task A_part_of_a_resumable_upload_is_flushed_before_its_answer()
    {
        var upload = await ResumableUpload.BeginAsync(Admin, await Admin.CreateAsync(), Bytes.Length);
        await using var strace = await Strace.AttachAsync(Server, "-e", $"trace={Calls}");
        await upload.AppendAsync(0, Bytes[..100]);
        var calls = SystemCall.Parse(await strace.DetachAsync());
        var written = calls.Last(call => call.Name == "pwrite64" && call.DescriptorPath.EndsWith(".bytes", StringComparison.Ordinal));
        var answered = calls.Single(call => call.Arguments.Contains("HTTP/1.1 204", StringComparison.Ordinal));
        Assert.That(
            calls.Where(call => call.Name == "fsync" && call.Began > written.Ended && call.Ended < answered.Began).Select(call => call.DescriptorPath),
            Has.Some.EqualTo(written.DescriptorPath));
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
    public async Task A_first_icon_is_flushed_before_the_manifest_that_names_it()
    {
        var uuid = await Admin.CreateAsync();
        Assert.That(await OutlineAsync(() => PutIconAsync(uuid)), Is.EqualTo(new[] { "named icon", "named manifest.json", "answered" }));
    }

    [Test]
    public async Task An_old_icon_is_deleted_after_the_manifest_that_replaces_it_is_flushed()
    {
        var uuid = await Admin.CreateAsync();
        await PutIconAsync(uuid);
        var outline = await OutlineAsync(() => PutIconAsync(uuid));
        Assert.That(outline, Is.EqualTo(new[] { "named icon", "named manifest.json", "deleted icon", "answered" }));
    }

    [Test]
    public async Task An_icon_is_deleted_after_the_manifest_without_it_is_flushed()
    {
        var uuid = await Admin.CreateAsync();
        await PutIconAsync(uuid);
        var outline = await OutlineAsync(() => Admin.DeleteAnswerAsync($"/images/{uuid}/icon"));
        Assert.That(outline, Is.EqualTo(new[] { "named manifest.json", "deleted icon", "answered" }));
    }

    private Task<Answer> PutIconAsync(string uuid) => Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Bytes[..1000], "image/png"));

    [Test]
    public async Task The_removal_of_an_image_is_flushed_before_the_answer()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        Assert.That(await OutlineAsync(() => Admin.DeleteAnswerAsync($"/images/{uuid}")), Is.EqualTo(new[] { "named trash", "answered" }));
    }

    [Test]
    public async Task A_change_of_uuid_is_flushed_at_each_step()
    {
        var uuid = await Admin.CreateAsync();
        var outline = await OutlineAsync(() => Admin.ActAsync(uuid, "update", Requests.Json(new { uuid = Guid.NewGuid() })));
        Assert.That(outline, Is.EqualTo(new[] { "named .imgapi", "named folder", "named manifest.json", "answered" }));
    }

    /// <summary>Records one request. Fails if a call was out of order.</summary>
    private async Task<IEnumerable<string>> OutlineAsync(Func<Task> request)
    {
        await using var strace = await Strace.AttachAsync(Server, "-e", $"trace={Calls}");
        await request();
        var calls = SystemCall.Parse(await strace.DetachAsync());
        var rules = new DurabilityRules(Data);
        Assert.That(rules.Violations(calls), Is.Empty);
        return [.. rules.Outline(calls)];
    }
}
