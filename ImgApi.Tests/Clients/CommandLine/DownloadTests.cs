using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>download</c> with a real server, over lines that break or stall.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DownloadTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(3_000_000);

#pragma warning disable CA5350 // The hash of manifests.
    private static readonly string Part = $"web.{Convert.ToHexStringLower(SHA1.HashData(Content))[..8]}.part";
#pragma warning restore CA5350

    private TestServer _server = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _uuid = await _server.Admin.CreateAsync(("name", "web"), ("type", "other"));
        await _server.Admin.PutAnswerAsync($"/images/{_uuid}/file?compression=none", Requests.Bytes(Content));
        await _server.Admin.ActAsync(_uuid, "activate");
    }

    [TearDown]
    public Task StopAsync() => _server.DisposeAsync().AsTask();

    private static async Task AssertDownloadedAsync(ClientProgram user, string[] options, string expectedNote = "")
    {
        var (code, output, error) = await user.RunAsync(["download", "web", "-o", "web", .. options]);
        Assert.That(code, Is.Zero, error);
        Assert.That(error, Does.Contain(expectedNote));
        Assert.That(output, Does.StartWith("Downloaded web: "));
        Assert.That((await File.ReadAllBytesAsync(user.Combine("web"))).SequenceEqual(Content), Is.True);
        Assert.That(Directory.GetFiles(user.Home), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_file_is_downloaded_under_the_name_of_its_image()
    {
        using var user = ClientProgram.Of(_server.Address);
        var (code, output, _) = await user.RunAsync("download", _uuid, "-q");
        Assert.That((code, output), Is.EqualTo((0, "web-1.0.0.file\n")));
        Assert.That((await File.ReadAllBytesAsync(user.Combine("web-1.0.0.file"))).SequenceEqual(Content), Is.True);
    }

    [Test]
    public async Task In_a_terminal_a_bar_shows_the_progress()
    {
        using var user = ClientProgram.Of(_server.Address);
        var (code, screen) = await user.InTerminalAsync("", "download", "web", "-o", "web");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match("web ━+ 100% .*2.9 MiB"));
    }

    [Test]
    public async Task A_download_continues_after_the_connection_breaks()
    {
        await using var relay = new Relay(() => _server.Address, _ => Line.CutAfter(down: 1_200_000));
        using var user = ClientProgram.Of(relay.Address);
        await AssertDownloadedAsync(user, [], "trying again in 0.5 s");
    }

    [Test]
    public async Task A_download_continues_after_the_connection_stalls()
    {
        await using var relay = new Relay(() => _server.Address, line => line.Stalls == 0 ? Line.StallAfter(down: 1_200_000) : Line.Whole);
        using var user = ClientProgram.Of(relay.Address);
        await AssertDownloadedAsync(user, ["--stall", "3"], "the transfer made no progress; trying again");
    }

    [Test]
    public async Task A_download_that_is_given_up_says_so_and_the_same_command_continues_it()
    {
        await using var relay = new Relay(() => _server.Address, line => line.Connections < 2 ? Line.CutAfter(down: 1_200_000) : Line.Whole);
        using var user = ClientProgram.Of(relay.Address);
        var (code, _, error) = await user.RunAsync("download", "web", "-o", "web", "--retries", "0");
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Match($@"imgapi: {Part} has \d+ of 3000000 bytes; the same command continues it\n"));
        Assert.That(Directory.GetFiles(user.Home), Is.EqualTo(new[] { user.Combine(Part) }));
        await AssertDownloadedAsync(user, []);
    }

    [Test]
    public async Task A_download_whose_program_is_killed_is_continued_by_the_same_command()
    {
        await using var relay = new Relay(() => _server.Address, line => line.Stalls == 0 ? Line.StallAfter(down: 1_200_000) : Line.Whole);
        using var user = ClientProgram.Of(relay.Address);
        using var process = user.Start("download", "web", "-o", "web");
        await Eventually.TrueAsync(() => new FileInfo(user.Combine(Part)) is { Exists: true, Length: > 1_000_000 });
        process.Kill();
        await process.WaitForExitAsync();
        Assert.That(File.Exists(user.Combine("web")), Is.False);
        await AssertDownloadedAsync(user, []);
    }

    [Test]
    public async Task A_second_download_to_the_same_file_is_refused_and_the_first_one_keeps_its_bytes()
    {
        await using var relay = new Relay(() => _server.Address, line => line.Stalls == 0 ? Line.StallAfter(down: 1_200_000) : Line.Whole);
        using var user = ClientProgram.Of(relay.Address);
        using var process = user.Start("download", "web", "-o", "web");
        await Eventually.TrueAsync(() => new FileInfo(user.Combine(Part)) is { Exists: true, Length: > 1_000_000 });
        var (code, _, error) = await user.RunAsync("download", "web", "-o", "web");
        Assert.That(code, Is.EqualTo(2), error);
        Assert.That(new FileInfo(user.Combine(Part)), Has.Property("Length").GreaterThan(1_000_000));
        process.Kill();
        await process.WaitForExitAsync();
    }

    [Test]
    public async Task A_partial_file_that_is_too_long_is_cut()
    {
        using var user = ClientProgram.Of(_server.Address);
        user.Write(Part, [.. Content, 1, 2, 3]);
        await AssertDownloadedAsync(user, []);
    }

    [Test]
    public async Task A_partial_file_with_wrong_bytes_is_deleted()
    {
        using var user = ClientProgram.Of(_server.Address);
        user.Write(Part, new byte[1000]);
        var (code, _, error) = await user.RunAsync("download", "web", "-o", "web");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("it was deleted"));
        Assert.That(Directory.GetFiles(user.Home), Is.Empty);
    }

    [Test]
    public async Task A_file_with_other_bytes_is_not_replaced()
    {
        using var user = ClientProgram.Of(_server.Address);
        user.Write("web", [1]);
        var (code, _, error) = await user.RunAsync("download", "web", "-o", "web");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("web exists and has other bytes"));
        Assert.That(await File.ReadAllBytesAsync(user.Combine("web")), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public async Task A_file_that_is_there_already_is_not_downloaded_again()
    {
        using var user = ClientProgram.Of(_server.Address);
        user.Write("web", Content);
        var (code, output, _) = await user.RunAsync("download", "web", "-o", "web");
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("There already: web"));
    }
}
