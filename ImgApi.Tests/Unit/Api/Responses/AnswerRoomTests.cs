using ImgApi.Api.Responses;

namespace ImgApi.Tests.Unit.Api.Responses;

[TestFixture]
internal sealed class AnswerRoomTests
{
    [Test]
    public void It_gives_no_more_than_it_has()
    {
        var room = new AnswerRoom(10);
        Assert.That((room.TryTake(6), room.TryTake(5), room.TryTake(4)), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void What_is_given_back_can_be_taken_again()
    {
        var room = new AnswerRoom(10);
        room.TryTake(10);
        room.Release(10);
        Assert.That(room.TryTake(10), Is.True);
    }
}
