using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>An image is never based on itself, and what others are based on stays (contract 4, 5.15, 5.17).</summary>
[TestFixture]
internal sealed class OriginChecks() : ContractFixture(ServerMode.Mixed)
{
    private Task<Answer> UpdateAsync(string uuid, object changes) =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(changes));

    private Task<Answer> ImportAsync(string uuid, string? origin) =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Manifest(("v", 2), ("uuid", uuid), ("origin", origin)));

    private static void AssertCircle(Answer answer)
    {
        AssertRefused(answer, 422, "ValidationFailed", "origin:Invalid");
        Assert.That(answer.Text, Does.Contain("an image cannot be based on itself, directly or by way of others"));
    }

    [Test]
    public async Task An_update_cannot_close_a_circle()
    {
        var first = await Admin.CreateAsync();
        AssertCircle(await UpdateAsync(first, new { origin = first }));
        var second = await Admin.CreateAsync(("origin", first));
        var third = await Admin.CreateAsync(("origin", second));
        AssertCircle(await UpdateAsync(first, new { origin = second }));
        AssertCircle(await UpdateAsync(first, new { origin = third }));
        AssertImage(await UpdateAsync(third, new { origin = first }));
        Assert.That((await Admin.GetAnswerAsync($"/images/{first}")).Keys, Does.Not.Contain("origin"));
    }

    [Test]
    public async Task A_new_uuid_cannot_close_a_circle_either()
    {
        var (uuid, next) = (await Admin.CreateAsync(), Uuid.New().ToString());
        AssertCircle(await UpdateAsync(uuid, new { uuid = next, origin = uuid }));
        AssertRefused(await UpdateAsync(uuid, new { uuid = next, origin = next }), 422, "OriginDoesNotExist");
    }

    [Test]
    public async Task An_import_cannot_close_a_circle()
    {
        var (first, second, third) = (Uuid.New().ToString(), Uuid.New().ToString(), Uuid.New().ToString());
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(
            $$"""
            {"v":2,"uuid":"{{exchange.Target.Split('/', '?')[2]}}","owner":"{{Uuid.Zero}}","name":"x","version":"1","type":"other","os":"other",
             "state":"active","disabled":false,"public":true,"published_at":"2013-01-02T03:04:05.678Z",
             "origin":"{{(exchange.Target.Contains(first, StringComparison.Ordinal) ? second : third)}}"}
            """));
        AssertImage(await Admin.ImportFromAsync(first, source.Address));
        AssertCircle(await ImportAsync(second, first));
        AssertCircle(await Admin.ImportFromAsync(third, source.Address));
        AssertImage(await ImportAsync(second, null));
    }

    [Test]
    public async Task An_import_over_a_placeholder_cannot_close_a_circle()
    {
        var uuid = await Admin.CreateAsync();
        AssertImage(await UpdateAsync(uuid, new { state = "creating" }));
        AssertCircle(await ImportAsync(uuid, uuid));
        AssertImage(await ImportAsync(uuid, null));
    }

    [Test]
    public async Task Updates_at_once_cannot_close_a_circle_together()
    {
        for (var i = 0; i < 20; i++)
        {
            var (first, second) = (await Admin.CreateAsync(), await Admin.CreateAsync());
            var answers = await Task.WhenAll(UpdateAsync(first, new { origin = second }), UpdateAsync(second, new { origin = first }));
            Assert.That(answers.Count(answer => (int)answer.Status == 200), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task An_image_that_others_are_based_on_keeps_its_uuid()
    {
        var origin = await Admin.CreateAsync();
        var child = await Admin.CreateAsync(("origin", origin));
        var refused = await UpdateAsync(origin, new { uuid = Uuid.New().ToString() });
        AssertRefused(refused, 422, "ImageHasDependentImages");
        Assert.That(refused.Message, Is.EqualTo($"image \"{origin}\" has 1 dependent incremental image(s): {child}"));
        AssertImage(await UpdateAsync(origin, new { uuid = origin, description = "the same" }));
        await Admin.DeleteAnswerAsync($"/images/{child}");
        AssertImage(await UpdateAsync(origin, new { uuid = Uuid.New().ToString() }));
    }

    [Test]
    public async Task Circles_from_before_are_loaded_and_can_be_deleted()
    {
        using var folder = new TemporaryFolder();
        var (self, first, second, child) = (Uuid.New().ToString(), Uuid.New().ToString(), Uuid.New().ToString(), Uuid.New().ToString());
        foreach (var (uuid, origin) in new[] { (self, self), (first, second), (second, first), (child, first) })
        {
            folder.Write($"{uuid}/manifest.json", $$"""
                {"v":2,"uuid":"{{uuid}}","name":"x","version":"1","type":"other","os":"other","state":"active","origin":"{{origin}}"}
                """);
        }

        await using var server = await TestServer.StartAsync(dataFolder: folder.Path);
        Assert.That((await server.Admin.GetAnswerAsync("/images")).Json.GetArrayLength(), Is.EqualTo(4));
        Assert.That((int)(await server.Admin.DeleteAnswerAsync($"/images/{self}")).Status, Is.EqualTo(204));
        AssertRefused(await server.Admin.DeleteAnswerAsync($"/images/{first}"), 422, "ImageHasDependentImages");
        Assert.That((int)(await server.Admin.DeleteAnswerAsync($"/images/{child}")).Status, Is.EqualTo(204));
        Assert.That((int)(await server.Admin.DeleteAnswerAsync($"/images/{first}")).Status, Is.EqualTo(204));
        Assert.That((int)(await server.Admin.DeleteAnswerAsync($"/images/{second}")).Status, Is.EqualTo(204));
    }
}
