using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>The commands of docs/client.md, in a terminal. The other server of the examples is a real one.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "terminals")]
internal sealed class ClientDocumentTests
{
    private const int OtherPort = 8081;

    [Test]
    public async Task The_commands_of_the_client_page_print_the_output_that_it_shows()
    {
        Tools.Require("script", "bsdutils");
        using var port = await Ports.TakeAsync(8080);
        using var folder = new TemporaryFolder();
        var (work, home) = (folder.Make("work"), folder.Make("home"));
        var program = folder.Write("bin/imgapi", $"#!/bin/sh\nexec dotnet {ServerProcess.Program} \"$@\"\n");
        await Tools.RunAsync("chmod", ["+x", program]);
        await File.WriteAllBytesAsync(Path.Combine(work, "image.zfs.gz"), StreamFiles.Of("fs-full", "gzip"));
        await using var other = await TestServer.StartAsync(configure: configuration => configuration with { Port = OtherPort });
        await other.Admin.PublishAsync(("name", "base"), ("version", "21.4.0"), ("description", "A minimal zone"));
        await using var shell = ShellSession.StartInTerminal(work, home, Path.GetDirectoryName(program)!);
        await DocumentCheck.RunAsync(shell, Path.Combine(Repository.Root, "docs", "client.md"));
    }
}
