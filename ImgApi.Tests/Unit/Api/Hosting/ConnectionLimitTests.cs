using ImgApi.Api.Hosting;

namespace ImgApi.Tests.Unit.Api.Hosting;

/// <summary>How many connections a server takes whose operator says nothing about it.</summary>
[TestFixture]
internal sealed class ConnectionLimitTests
{
    [TestCase("Max open files            1024                 1048576              files     \n", 128)]
    [TestCase("Limit  Soft Limit\nMax open files            4096                 4096                 files     \nMax x 1 1", 1152)]
    [TestCase("Max open files            1048576              1048576              files     \n", 4096)]
    [TestCase("Max open files            unlimited            unlimited            files     \n", 4096)]
    [TestCase("Max open files            100                  100                  files     \n", 32)]
    [TestCase("", 128)]
    public void Three_files_for_each_connection_and_some_for_the_program_fit(string limits, int connections) =>
        Assert.That(ConnectionLimit.Connections(limits), Is.EqualTo(connections));

    [Test]
    public void This_machine_has_room_for_some() => Assert.That(ConnectionLimit.Connections(), Is.InRange(ConnectionLimit.Min, ConnectionLimit.Max));
}
