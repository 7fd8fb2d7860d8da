using System.IO.Pipelines;
using System.Threading.RateLimiting;
using ImgApi.Api.Observability;
using ImgApi.Api.Responses;

namespace ImgApi.Tests.Unit.Api.Responses;

/// <summary>How much of an unread answer a connection holds.</summary>
[TestFixture]
internal sealed class PiecewiseWriterTests
{
    private const int Room = 2 * PiecewiseWriter.MaxAtOnce;

    [TestCase(PiecewiseWriter.MaxAtOnce, Room, PiecewiseWriter.MaxAtOnce)]
    [TestCase(PiecewiseWriter.MaxAtOnce - 1, Room, PiecewiseWriter.MaxAtOnce - 1)]
    [TestCase(10 * PiecewiseWriter.MaxAtOnce, PiecewiseWriter.MaxAtOnce, PiecewiseWriter.MaxAtOnce)]
    [TestCase(PiecewiseWriter.MaxAtOnce, PiecewiseWriter.MaxAtOnce - 1, PiecewiseWriter.PieceSize)]
    [TestCase(PiecewiseWriter.PieceSize, 0, PiecewiseWriter.PieceSize)]
    public void A_connection_holds_one_piece_which_is_small_if_there_is_no_room_for_a_large_one(int length, int free, int held)
    {
        using var room = new ConcurrencyLimiter(new() { PermitLimit = Room });
        using var taken = room.AttemptAcquire(Room - free);
        var connection = new Pipe(new PipeOptions(pauseWriterThreshold: PiecewiseWriter.PieceSize, resumeWriterThreshold: 1));
        var writing = new PiecewiseWriter(connection.Writer, room, new TrafficHistory(TimeProvider.System)).WriteAsync(new byte[length]).AsTask();
        connection.Reader.TryRead(out var read);
        Assert.That(writing.IsCompleted, Is.False);
        Assert.That(read.Buffer.Length, Is.EqualTo(held));
    }

    [Test]
    public async Task An_answer_gives_its_room_back_when_it_is_written()
    {
        var connection = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        using var room = new ConcurrencyLimiter(new() { PermitLimit = PiecewiseWriter.MaxAtOnce });
        await new PiecewiseWriter(connection.Writer, room, new TrafficHistory(TimeProvider.System)).WriteAsync(new byte[PiecewiseWriter.MaxAtOnce]);
        Assert.That(room.GetStatistics()!.CurrentAvailablePermits, Is.EqualTo(PiecewiseWriter.MaxAtOnce));
    }
}
