using ImgApi.Infrastructure.FileSystem.Audit;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.Audit;

/// <summary>Three files with three events each, and what somebody may do to them.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AuditVerificationTests : IDisposable
{
    private readonly AuditFolder _audit = new();
    private string _hash = "";

    [SetUp]
    public async Task FillAsync()
    {
        await AppendAsync(2);
        for (var day = 0; day < 2; day++)
        {
            _audit.Clock.Advance(TimeSpan.FromDays(1));
            await AppendAsync(3);
        }
    }

    public void Dispose() => _audit.Dispose();

    private async Task AppendAsync(int count) => _hash = (await _audit.AppendAsync(count)).MaxBy(one => one.Number)!.Hash!;

    private void Rewrite(int file, Func<List<string>, IEnumerable<string>> change) =>
        File.WriteAllText(_audit.Files[file], string.Concat(change([.. File.ReadAllLines(_audit.Files[file])]).Select(line => line + "\n")));

    [Test]
    public void A_whole_audit_has_no_problem() => Assert.That(_audit.Problems(_hash), Is.Empty);

    [Test]
    public void An_altered_event_is_found([Range(0, 2)] int file, [Range(0, 2)] int line)
    {
        Rewrite(file, lines => lines.Select((text, place) => place == line ? text.Replace("\"time\":\"2026", "\"time\":\"2025", StringComparison.Ordinal) : text));
        Assert.That(_audit.Problems(), Has.One.EqualTo($"{Path.GetFileName(_audit.Files[file])}: event {(file * 3) + line + 1} was altered, or those before it were"));
    }

    [Test]
    public void An_event_that_was_altered_with_its_hash_is_found()
    {
        Rewrite(1, lines =>
        {
            var altered = AuditLine.Read(System.Text.Encoding.UTF8.GetBytes(lines[0]))! with { User = "eve" };
            var previous = AuditLine.Read(System.Text.Encoding.UTF8.GetBytes(File.ReadAllLines(_audit.Files[0])[^1]))!.Hash!;
            lines[0] = System.Text.Encoding.UTF8.GetString(AuditLine.Seal(altered, previous).Line).TrimEnd('\n');
            return lines;
        });
        Assert.That(_audit.Problems(), Has.One.EqualTo($"{Path.GetFileName(_audit.Files[1])}: event 5 was altered, or those before it were"));
    }

    [TestCase(0, 0, "events 1 to 1 are missing")]
    [TestCase(0, 1, "000000000001.2026-05-06.jsonl: events 2 to 2 are missing")]
    [TestCase(1, 0, "000000000004.2026-05-07.jsonl: events 4 to 4 are missing")]
    [TestCase(2, 1, "000000000007.2026-05-08.jsonl: events 8 to 8 are missing")]
    public void A_missing_event_is_found(int file, int line, string problem)
    {
        Rewrite(file, lines => lines.Where((_, place) => place != line));
        Assert.That(_audit.Problems(), Is.EqualTo(new[] { problem }));
    }

    [TestCase(0, "events 1 to 3 are missing")]
    [TestCase(1, "000000000007.2026-05-08.jsonl: events 4 to 6 are missing")]
    public void A_missing_file_is_found(int file, string problem)
    {
        File.Delete(_audit.Files[file]);
        Assert.That(_audit.Problems(), Is.EqualTo(new[] { problem }));
    }

    [Test]
    public void Missing_events_at_the_end_are_found_by_a_hash_that_was_kept()
    {
        Rewrite(2, lines => lines.SkipLast(1));
        Assert.That(_audit.Problems(_hash), Is.EqualTo(new[] { $"there is no event with the hash {_hash}" }));
    }

    [Test]
    public void Two_exchanged_events_are_found()
    {
        Rewrite(1, lines => [lines[1], lines[0], lines[2]]);
        Assert.That(_audit.Problems(), Is.Not.Empty);
    }

    [TestCase("hello")]
    [TestCase("{}")]
    [TestCase("")]
    public void A_line_that_is_not_an_event_is_found(string text)
    {
        Rewrite(1, lines => [lines[0], text, lines[1], lines[2]]);
        Assert.That(_audit.Problems(), Is.EqualTo(new[] { "000000000004.2026-05-07.jsonl: a line after event 4 is not an event" }));
    }

    [Test]
    public void A_part_of_a_line_at_the_end_is_no_problem()
    {
        File.AppendAllText(_audit.Files[^1], "{\"number\":");
        Assert.That(_audit.Problems(), Is.Empty);
    }
}
