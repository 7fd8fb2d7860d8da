using System.IO.Pipelines;
using ImgApi.Api.Responses;

namespace ImgApi.Tests.Unit.Api.Responses;

/// <summary>How much of an answer a connection holds that nobody reads.</summary>
[TestFixture]
internal sealed class PiecewiseWriterTests
{
    private const int Plenty = 100 * 1024 * 1024;

    [TestCase(PiecewiseWriter.MaxAtOnce, Plenty, PiecewiseWriter.MaxAtOnce)]
    [TestCase(PiecewiseWriter.MaxAtOnce + 1, Plenty, PiecewiseWriter.PieceSize)]
    [TestCase(PiecewiseWriter.MaxAtOnce, 0, PiecewiseWriter.PieceSize)]
    [TestCase(PiecewiseWriter.PieceSize, 0, PiecewiseWriter.PieceSize)]
    public void It_is_a_piece_unless_there_is_room_for_an_answer_that_is_not_too_long(int length, int room, int held)
    {
        var connection = new Pipe(new PipeOptions(pauseWriterThreshold: PiecewiseWriter.PieceSize, resumeWriterThreshold: 1));
        var writing = new PiecewiseWriter(connection.Writer, new AnswerRoom(room)).WriteAsync(new byte[length]).AsTask();
        connection.Reader.TryRead(out var read);
        Assert.That(writing.IsCompleted, Is.False);
        Assert.That(read.Buffer.Length, Is.EqualTo(held));
    }
}
