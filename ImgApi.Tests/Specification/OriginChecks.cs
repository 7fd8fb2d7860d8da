using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>An image is never based on itself, directly or through others (contract 4, 5.15, 5.18).</summary>
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

    /// <summary>Creates images of which each is based on the one before.</summary>
    private async Task<string[]> CreateChainAsync(int count)
    {
        var chain = new List<string>();
        for (var i = 0; i < count; i++)
        {
            chain.Add(await Admin.CreateAsync(("origin", chain.LastOrDefault())));
        }

        return [.. chain];
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task An_update_cannot_base_an_image_on_itself_through_others(int length)
    {
        var chain = await CreateChainAsync(length);
        AssertCircle(await UpdateAsync(chain[0], new { origin = chain[^1] }));
        Assert.That((await Admin.GetAnswerAsync($"/images/{chain[0]}")).Keys, Does.Not.Contain("origin"));
    }

    [Test]
    public async Task An_update_can_base_an_image_on_an_earlier_one_of_its_chain()
    {
        var chain = await CreateChainAsync(3);
        AssertImage(await UpdateAsync(chain[2], new { origin = chain[0] }));
    }

    [Test]
    public async Task A_new_uuid_does_not_hide_that_an_image_would_be_based_on_itself()
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
    public async Task Of_two_simultaneous_updates_that_would_form_a_circle_one_succeeds()
    {
        for (var i = 0; i < 20; i++)
        {
            var (first, second) = (await Admin.CreateAsync(), await Admin.CreateAsync());
            var answers = await Task.WhenAll(UpdateAsync(first, new { origin = second }), UpdateAsync(second, new { origin = first }));
            Assert.That(answers.Count(answer => (int)answer.Status == 200), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task An_image_with_dependents_keeps_its_uuid()
    {
        var chain = await CreateChainAsync(2);
        var refused = await UpdateAsync(chain[0], new { uuid = Uuid.New().ToString() });
        AssertRefused(refused, 422, "ImageHasDependentImages");
        Assert.That(refused.Message, Is.EqualTo($"image \"{chain[0]}\" has 1 dependent incremental image(s): {chain[1]}"));
    }

    [Test]
    public async Task An_update_that_repeats_the_uuid_of_an_image_with_dependents_is_accepted()
    {
        var origin = (await CreateChainAsync(2))[0];
        AssertImage(await UpdateAsync(origin, new { uuid = origin, description = "the same" }));
    }

    [Test]
    public async Task An_image_whose_dependents_are_gone_can_change_its_uuid()
    {
        var chain = await CreateChainAsync(2);
        await Admin.DeleteAnswerAsync($"/images/{chain[1]}");
        AssertImage(await UpdateAsync(chain[0], new { uuid = Uuid.New().ToString() }));
    }
}
