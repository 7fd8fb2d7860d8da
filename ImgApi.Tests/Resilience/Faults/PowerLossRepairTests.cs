using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>What an earlier process or a failed flush left is made durable before something depends on it.</summary>
[TestFixture]
[Category("Slow")]
[Category("Crash")]
internal sealed class PowerLossRepairTests : TracedServerFixture
{
    [Test]
    public async Task AFolder_whose_flush_failed_is_flushed_before_the_answer_to_the_next_change()
    {
        await using (await Strace.FailAsync(Server, "fsync", "EIO", Data))
        {
            Assert.That((await Admin.PostAnswerAsync("/images", Requests.Manifest(("name", "unflushed")))).Code, Is.EqualTo("StorageIsDown"));
        }

        var uuid = (await Admin.GetAnswerAsync("/images?state=all&name=unflushed")).Json[0].GetProperty("uuid").GetString()!;
        await using var strace = await Strace.AttachAsync(Server, "-e", $"trace={Calls}");
        await Admin.ActAsync(uuid, "update", Requests.Json(new { description = "new" }));
        var calls = SystemCall.Parse(await strace.DetachAsync());
        Assert.That(calls.Where(call => call.Name == "fsync").Select(call => call.DescriptorPath), Has.Some.EqualTo(Data));
    }

    [Test]
    public async Task The_data_folder_of_a_killed_server_is_flushed_before_the_answer_to_the_first_change()
    {
        var folder = Folder.Combine("killed");
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
        var folder = Folder.Combine("replaced");
        Directory.CreateDirectory(Path.Combine(folder, uuid));
        File.Copy(Path.Combine(Data, uuid, "manifest.json"), Path.Combine(folder, uuid, "manifest.json"));
        var replaced = Path.Combine(folder, uuid, "image-0123456789abcdef.gz");
        await File.WriteAllBytesAsync(replaced, []);

        var trace = Folder.Combine("start.trace");
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
}
