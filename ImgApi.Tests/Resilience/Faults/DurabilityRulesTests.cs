namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The rules find what is wrong, in traces that were written by hand.</summary>
[TestFixture]
internal sealed class DurabilityRulesTests
{
    private const string Image = "/d/11111111-2222-3333-4444-555555555555";

    private static readonly string[] Upload =
    [
        $"7 pwrite64(5<{Image}/.imgapi-1.tmp>, \"x\", 1, 0) = 1",
        $"7 fsync(5<{Image}/.imgapi-1.tmp>) = 0",
        $"7 rename(\"{Image}/.imgapi-1.tmp\", \"{Image}/image-2.gz\") = 0",
        $"7 fsync(5<{Image}>) = 0",
        $"8 pwrite64(6<{Image}/.imgapi-3.tmp>, \"{{\\n  \\\"v\\\"\", 9, 0) = 9",
        $"8 fsync(6<{Image}/.imgapi-3.tmp>) = 0",
        $"8 rename(\"{Image}/.imgapi-3.tmp\", \"{Image}/manifest.json\") = 0",
        $"8 fsync(6<{Image}>) = 0",
        $"8 unlink(\"{Image}/image-0.gz\") = 0",
        "9 sendto(4<socket:[12]>, \"HTTP/1.1 200 OK\"..., 200, 0, NULL, 0) = 200",
    ];

    private static IReadOnlyList<string> Violations(params string[] lines) => new DurabilityRules("/d").Violations(SystemCall.Parse(lines));

    private static string[] Moved(int from, int to)
    {
        var lines = Upload.ToList();
        var line = lines[from];
        lines.RemoveAt(from);
        lines.Insert(to, line);
        return [.. lines];
    }

    [Test]
    public void An_upload_in_the_right_order_passes()
    {
        var calls = SystemCall.Parse(Upload);
        Assert.That(Violations(Upload), Is.Empty);
        Assert.That(
            new DurabilityRules("/d").Outline(calls),
            Is.EqualTo(new[] { "named image", "named manifest.json", "deleted image", "answered" }));
    }

    [TestCase(1, "image-2.gz is named before")]
    [TestCase(3, "manifest.json is named before the name")]
    [TestCase(5, "manifest.json is named before")]
    [TestCase(7, "answer is sent before")]
    public void Each_flush_that_is_missing_is_found(int line, string complaint) =>
        Assert.That(Violations([.. Upload.Where((_, place) => place != line)]), Has.Some.Contains(complaint));

    [TestCase(1, 2, "image-2.gz is named before")]
    [TestCase(9, 7, "answer is sent before")]
    [TestCase(8, 7, "image-0.gz is deleted before")]
    public void Each_step_that_comes_too_early_is_found(int from, int to, string complaint) =>
        Assert.That(Violations(Moved(from, to)), Has.Some.Contains(complaint));

    [Test]
    public void A_flush_that_has_not_returned_does_not_count()
    {
        string[] lines =
        [
            .. Upload[..7],
            $"8 fsync(6<{Image}> <unfinished ...>",
            Upload[9],
            "8 <... fsync resumed>) = 0",
        ];
        Assert.That(Violations(lines), Has.Some.Contains("answer is sent before"));
    }

    [Test]
    public void A_call_over_two_lines_counts_once()
    {
        var calls = SystemCall.Parse(["8 fsync(6</a> <unfinished ...>", "9 fsync(7</b>) = -1 EIO (Input/output error)", "8 <... fsync resumed>) = 0"]);
        Assert.That(calls, Is.EqualTo(new[] { new SystemCall("fsync", "6</a> ", 0, 2) }));
    }

    [Test]
    public void A_folder_is_flushed_with_its_files_before_it_is_named()
    {
        var building = "/d/.imgapi-new-11111111-2222-3333-4444-555555555555";
        string[] lines =
        [
            $"7 pwrite64(5<{building}/manifest.json>, \"x\", 1, 0) = 1",
            $"7 fsync(5<{building}/manifest.json>) = 0",
            $"7 fsync(5<{building}>) = 0",
            $"7 rename(\"{building}\", \"{Image}\") = 0",
        ];
        Assert.That(Violations(lines), Is.Empty);
        Assert.That(Violations(lines[0], lines[2], lines[3]), Has.Count.EqualTo(1));
        Assert.That(Violations(lines[0], lines[1], lines[3]), Has.Count.EqualTo(1));
    }
}
