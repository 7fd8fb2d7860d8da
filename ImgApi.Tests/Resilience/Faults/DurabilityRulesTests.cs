namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The durability rules find violations in hand-written traces.</summary>
[TestFixture]
internal sealed class DurabilityRulesTests
{
    private const string Image = "/d/11111111-2222-3333-4444-555555555555";
    private const string Building = "/d/.imgapi-new-11111111-2222-3333-4444-555555555555";

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

    private static readonly string[] Creation =
    [
        $"7 pwrite64(5<{Building}/manifest.json>, \"x\", 1, 0) = 1",
        $"7 fsync(5<{Building}/manifest.json>) = 0",
        $"7 fsync(5<{Building}>) = 0",
        $"7 rename(\"{Building}\", \"{Image}\") = 0",
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
    public void An_upload_in_the_right_order_has_no_violation() => Assert.That(Violations(Upload), Is.Empty);

    [Test]
    public void The_outline_of_an_upload_lists_its_renames_deletions_and_answers() => Assert.That(
        new DurabilityRules("/d").Outline(SystemCall.Parse(Upload)),
        Is.EqualTo(new[] { "named image", "named manifest.json", "deleted image", "answered" }));

    [TestCase(1, "image-2.gz is named before")]
    [TestCase(3, "manifest.json is named before the name")]
    [TestCase(5, "manifest.json is named before")]
    [TestCase(7, "answer is sent before")]
    public void A_missing_flush_is_a_violation(int line, string complaint) =>
        Assert.That(Violations([.. Upload.Where((_, at) => at != line)]), Has.Some.Contains(complaint));

    [TestCase(1, 2, "image-2.gz is named before")]
    [TestCase(9, 7, "answer is sent before")]
    [TestCase(8, 7, "image-0.gz is deleted before")]
    public void A_step_that_comes_too_early_is_a_violation(int from, int to, string complaint) =>
        Assert.That(Violations(Moved(from, to)), Has.Some.Contains(complaint));

    [Test]
    public void A_flush_that_has_not_returned_is_a_violation()
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
    public void A_call_over_two_lines_is_parsed_as_one()
    {
        var calls = SystemCall.Parse(["8 fsync(6</a> <unfinished ...>", "9 fsync(7</b>) = -1 EIO (Input/output error)", "8 <... fsync resumed>) = 0"]);
        Assert.That(calls, Is.EqualTo(new[] { new SystemCall("fsync", "6</a> ", 0, 2) }));
    }

    [Test]
    public void A_folder_that_is_flushed_with_its_files_before_its_rename_has_no_violation() => Assert.That(Violations(Creation), Is.Empty);

    [TestCase(1)]
    [TestCase(2)]
    public void A_folder_that_is_renamed_before_it_or_its_file_is_flushed_is_a_violation(int flush) =>
        Assert.That(Violations([.. Creation.Where((_, at) => at != flush)]), Has.Count.EqualTo(1));
}
