using ImgApi.Api.Hosting;

namespace ImgApi.Tests.Unit.Api.Hosting;

/// <summary>The default of <c>maxConnections</c>, which follows from the limit of open files.</summary>
[TestFixture]
internal sealed class ConnectionLimitTests
{
    [TestCase("Max open files            1024                 1048576              files     \n", 128)]
    [TestCase("Limit  Soft Limit\nMax open files            4096                 4096                 files     \nMax x 1 1", 1152)]
    [TestCase("Max open files            1048576              1048576              files     \n", 4096)]
    [TestCase("Max open files            unlimited            unlimited            files     \n", 4096)]
    [TestCase("Max open files            100                  100                  files     \n", 32)]
    [TestCase("", 128)]
    public void The_default_leaves_three_files_for_each_connection_and_some_for_the_server(string limits, int connections) =>
        Assert.That(ConnectionLimit.Connections(limits), Is.EqualTo(connections));

    [Test]
    public void The_default_on_this_machine_is_within_its_bounds() => Assert.That(ConnectionLimit.Connections(), Is.InRange(ConnectionLimit.Min, ConnectionLimit.Max));
}
