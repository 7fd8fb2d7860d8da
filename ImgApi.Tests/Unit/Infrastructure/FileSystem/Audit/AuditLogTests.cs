using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.FileSystem.Audit;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.Audit;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AuditLogTests : IDisposable
{
    private readonly AuditFolder _audit = new(new AuditRules { Days = 10, FileSize = 2000 });

    public void Dispose() => _audit.Dispose();

    [Test]
    public async Task Events_are_read_as_they_were_recorded()
    {
        var one = await _audit.Log.AppendAsync(AuditFolder.Event() with
        {
            Token = "t1",
            Address = "192.0.2.1",
            Request = "r1",
            Image = Uuid.New(),
            Name = "base",
            Version = "1",
            Changed = new Dictionary<string, FieldChange> { ["state"] = new("unactivated", "active"), ["icon"] = new(null, "ü\"\\\n") },
            Manifest = "m",
            Corrects = 1,
            Reason = "because",
        });
        var read = (await _audit.ReadAsync())[0];
        Assert.That(read with { Changed = null }, Is.EqualTo(one with { Changed = null }));
        Assert.That(read.Changed, Is.EqualTo(one.Changed));
    }

    [Test]
    public async Task The_numbers_have_no_gaps()
    {
        await _audit.AppendAsync(100);
        Assert.That((await _audit.ReadAsync(new AuditQuery { Limit = 1000 })).Select(one => one.Number), Is.EqualTo(Enumerable.Range(1, 101).Reverse()));
    }

    [Test]
    public async Task The_numbers_go_on_after_a_restart()
    {
        await _audit.AppendAsync(3);
        _audit.Restart();
        Assert.That((await _audit.AppendAsync(1))[0].Number, Is.EqualTo(7), "start, three events, stop, start");
    }

    [Test]
    public async Task Start_and_stop_of_the_server_are_events()
    {
        _audit.Restart();
        Assert.That((await _audit.ReadAsync()).Select(one => one.Action), Is.EqualTo(new[] { "StartServer", "StopServer", "StartServer" }));
    }

    [Test]
    public async Task A_part_of_a_line_that_a_killed_process_left_is_no_event()
    {
        await _audit.AppendAsync(1);
        _audit.Kill(() => File.AppendAllText(_audit.Files[^1], """{"number":3,"time":"""));
        await _audit.AppendAsync(1);
        Assert.That(_audit.Problems(), Is.Empty);
        Assert.That((await _audit.ReadAsync())[0].Number, Is.EqualTo(4));
    }

    [Test]
    public async Task A_full_file_is_followed_by_a_new_one()
    {
        for (var number = 0; number < 20; number++)
        {
            await _audit.AppendAsync(1);
        }

        Assert.That(_audit.Files.Select(file => new FileInfo(file).Length), Has.All.LessThan(2500));
        Assert.That(_audit.Files, Has.Length.GreaterThan(2));
        Assert.That(_audit.Problems(), Is.Empty);
    }

    [Test]
    public async Task A_new_day_begins_a_new_file()
    {
        _audit.Clock.Advance(TimeSpan.FromDays(1));
        await _audit.AppendAsync(1);
        Assert.That(_audit.Files.Select(Path.GetFileName), Is.EqualTo(new[] { "000000000001.2026-05-06.jsonl", "000000000002.2026-05-07.jsonl" }));
    }

    [Test]
    public async Task Events_that_are_too_old_are_deleted_and_an_event_says_so()
    {
        for (var day = 0; day < 15; day++)
        {
            await _audit.AppendAsync(1);
            _audit.Clock.Advance(TimeSpan.FromDays(1));
        }

        var all = await _audit.ReadAsync();
        Assert.That(all[^1].Time, Is.EqualTo(AuditFolder.Now.AddDays(3)), "ten days and the file of the day before");
        Assert.That(all[1], Has.Property("Action").EqualTo("DeleteOldEvents").And.Property("Reason").EqualTo("events are kept for 10 days"));
        Assert.That(_audit.Problems(), Is.Empty);
    }

    [Test]
    public async Task A_clock_that_goes_backwards_loses_no_event()
    {
        await _audit.AppendAsync(2);
        _audit.Restart(() => _audit.Clock.AdjustTime(AuditFolder.Now.AddYears(-1)));
        await _audit.AppendAsync(2);
        Assert.That((await _audit.ReadAsync()).Select(one => one.Number), Is.EqualTo(Enumerable.Range(1, 7).Reverse()));
        Assert.That(_audit.Problems(), Is.Empty);
    }

    [Test]
    public async Task Noted_events_are_recorded_soon()
    {
        _audit.Log.Note(AuditFolder.Event("noted"));
        await Support.Eventually.TrueAsync(async () => (await _audit.ReadAsync())[0].Action == "noted");
    }

    [Test]
    public async Task More_noted_events_than_fit_are_dropped_and_the_others_recorded()
    {
        Parallel.For(0, 5000, _ => _audit.Log.Note(AuditFolder.Event("noted")));
        await _audit.AppendAsync(1);
        Assert.That(_audit.Problems(), Is.Empty);
        Assert.That(await _audit.ReadAsync(new AuditQuery { Action = "noted", Limit = 1000 }), Is.Not.Empty);
    }
}
