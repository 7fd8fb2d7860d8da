namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Falsifies what a killed server left before the next one starts, and checks that the crash test notices.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class CheckerTests
{
    private const int MaxKills = 10;
    private const int MaxKillsForPromise = 40;

    private static readonly KillPoint AfterSomeWork = new(KillPoint.Unit.Answers, 40);

    private static string FolderOf(CrashRun run, ModelImage image) => Path.Combine(run.DataFolder, image.Uuid!);

    [Test]
    public async Task A_lost_image_is_noticed()
    {
        var name = "";
        var complaints = await FalsifyAsync(_ => true, (run, image) =>
        {
            Directory.Delete(FolderOf(run, image), recursive: true);
            name = image.Name;
        });
        Assert.That(complaints, Has.Some.StartsWith($"{name} is missing"));
    }

    [Test]
    public async Task An_image_that_was_never_created_is_noticed()
    {
        var complaints = await FalsifyAsync(image => image.File is null && image.Icon is null, (run, image) =>
        {
            var manifest = File.ReadAllText(Path.Combine(FolderOf(run, image), "manifest.json"));
            var uuid = Guid.NewGuid().ToString();
            Directory.CreateDirectory(Path.Combine(run.DataFolder, uuid));
            File.WriteAllText(
                Path.Combine(run.DataFolder, uuid, "manifest.json"),
                manifest.Replace(image.Uuid!, uuid, StringComparison.Ordinal).Replace($"\"{image.Name}\"", "\"ghost\"", StringComparison.Ordinal));
        });
        Assert.That(complaints, Has.Some.EqualTo("ghost was never created"));
    }

    [Test]
    public async Task A_lost_change_is_noticed()
    {
        var complaints = await FalsifyAsync(image => image.Description is not null, (run, image) =>
        {
            var path = Path.Combine(FolderOf(run, image), "manifest.json");
            File.WriteAllText(path, File.ReadAllText(path).Replace(image.Description!, "older", StringComparison.Ordinal));
        });
        Assert.That(complaints, Has.Some.Contains("older"));
    }

    [TestCase("image-*", "the file of")]
    [TestCase("icon-*", "allowed was")]
    public async Task A_wrong_byte_of_a_file_or_icon_is_noticed(string pattern, string complaint)
    {
        var complaints = await FalsifyAsync(image => (pattern[1] == 'm' ? image.File : image.Icon) is not null, (run, image) =>
        {
            using var file = new FileStream(Directory.GetFiles(FolderOf(run, image), pattern).Single(IsNamed), FileMode.Open);
            var first = file.ReadByte();
            file.Position = 0;
            file.WriteByte((byte)~first);

            bool IsNamed(string path) =>
                File.ReadAllText(Path.Combine(FolderOf(run, image), "manifest.json")).Contains(Path.GetFileName(path), StringComparison.Ordinal);
        });
        Assert.That(complaints, Has.Some.Contains(complaint));
    }

    [Test]
    public async Task A_leftover_file_is_noticed()
    {
        var complaints = await FalsifyAsync(_ => true, (run, image) => File.WriteAllText(Path.Combine(FolderOf(run, image), ".imgapi-leftover"), ""));
        Assert.That(complaints, Has.Some.EndsWith(".imgapi-leftover is still present"));
    }

    [Test]
    public async Task A_lost_import_that_was_promised_is_noticed()
    {
        await using var run = new CrashRun(seed: 1);
        for (var i = 0; i < MaxKillsForPromise; i++)
        {
            string? name = null;
            var complaints = await run.KillOnceAsync(AfterSomeWork, () =>
            {
                if (run.Model.Entries.FirstOrDefault(entry => entry.Value.Doubt is { IsPromised: true }) is { Key: { } promised } found)
                {
                    name = promised;
                    Directory.Delete(Path.Combine(run.DataFolder, ".imgapi-jobs"), recursive: true);
                    if (Path.Combine(run.DataFolder, found.Value.Doubt!.After!.Uuid!) is var folder && Directory.Exists(folder))
                    {
                        Directory.Delete(folder, recursive: true);
                    }
                }
            });
            if (name is not null)
            {
                Assert.That(complaints, Has.Some.StartsWith($"{name} is missing"));
                return;
            }

            Assert.That(complaints, Is.Empty);
        }

        throw new AssertionException("no import was killed after it had been promised");
    }

    /// <summary>Runs until a kill and falsifies one acknowledged image without a change in doubt.</summary>
    private static async Task<IReadOnlyList<string>> FalsifyAsync(Func<ModelImage, bool> suits, Action<CrashRun, ModelImage> falsify)
    {
        await using var run = new CrashRun(seed: 1);
        for (var i = 0; i < MaxKills; i++)
        {
            var falsified = false;
            var complaints = await run.KillOnceAsync(AfterSomeWork, () =>
            {
                if (run.Model.SettledOf("w").FirstOrDefault(suits) is { } image)
                {
                    falsify(run, image);
                    falsified = true;
                }
            });
            if (falsified)
            {
                return complaints;
            }

            Assert.That(complaints, Is.Empty);
        }

        throw new AssertionException("no image was suitable for the falsification");
    }
}
