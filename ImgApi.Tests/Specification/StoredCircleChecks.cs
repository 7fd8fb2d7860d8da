using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>
/// A data folder with images that are based on themselves, which earlier servers allowed: one on itself, two on each
/// other, and one on the first of these two.
/// </summary>
[TestFixture]
internal sealed class StoredCircleChecks
{
    private readonly string _self = Uuid.New().ToString();
    private readonly string _first = Uuid.New().ToString();
    private readonly string _second = Uuid.New().ToString();
    private readonly string _child = Uuid.New().ToString();
    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        foreach (var (uuid, origin) in new[] { (_self, _self), (_first, _second), (_second, _first), (_child, _first) })
        {
            _folder.Write($"{uuid}/manifest.json", $$"""
                {"v":2,"uuid":"{{uuid}}","name":"x","version":"1","type":"other","os":"other","state":"active","origin":"{{origin}}"}
                """);
        }

        _server = await TestServer.StartAsync(dataFolder: _folder.Path);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task All_images_of_a_stored_circle_are_listed() =>
        Assert.That((await _server.Admin.GetAnswerAsync("/images")).Json.GetArrayLength(), Is.EqualTo(4));

    [Test]
    public async Task An_image_that_is_based_on_itself_can_be_deleted() => Assert.That(await DeleteAsync(_self), Is.EqualTo(204));

    [Test]
    public async Task An_image_of_a_circle_with_another_dependent_cannot_be_deleted() =>
        Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{_first}")).Code, Is.EqualTo("ImageHasDependentImages"));

    [Test]
    public async Task The_images_of_a_circle_can_be_deleted_after_their_other_dependents()
    {
        Assert.That(await DeleteAsync(_child), Is.EqualTo(204));
        Assert.That(await DeleteAsync(_first), Is.EqualTo(204));
        Assert.That(await DeleteAsync(_second), Is.EqualTo(204));
    }

    private async Task<int> DeleteAsync(string uuid) => (int)(await _server.Admin.DeleteAnswerAsync($"/images/{uuid}")).Status;
}
