using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The warning about a change of mode that makes private images public.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class ShownImagesTests
{
    private const string Warning = "Stored as private, and shown to everybody since the mode is public: 1 image";

    [TestCase("public", true)]
    [TestCase("mixed", false)]
    [TestCase("private", false)]
    public async Task Each_start_in_mode_public_warns_of_private_images_that_become_public(string mode, bool warns)
    {
        using var folder = new TemporaryFolder();
        await using (var before = await ServerProcess.StartOnAsync(folder.Combine("data")))
        {
            await before.Admin.CreateAsync(("public", false));
            await before.TerminateAsync();
        }

        for (var i = 0; i < 2; i++)
        {
            await using var server = await ServerProcess.StartAsync(folder.Write("config.json", $$"""
                {"datadir":"data","port":0,"address":"127.0.0.1","mode":"{{mode}}","readAuth":"private"}
                """));
            Assert.That(server.Log.Any(line => line.Contains(Warning, StringComparison.Ordinal)), Is.EqualTo(warns));
            await server.TerminateAsync();
        }
    }
}
