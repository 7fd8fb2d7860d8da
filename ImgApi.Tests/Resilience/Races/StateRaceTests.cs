using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Races;

/// <summary>Concurrent requests for the same change: the answers and the image are the same as if the requests came one after the other.</summary>
[TestFixture]
internal sealed class StateRaceTests
{
    private const int Rounds = 20;
    private const int Contestants = 6;

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Of_concurrent_activations_exactly_one_succeeds()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var uuid = await _server.Admin.CreateAsync();
            await _server.Admin.UploadAsync(uuid);
            var answers = await Race.RunAsync(Contestants, _ => _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate"));
            ExpectOneWinner(answers, "ImageAlreadyActivated");
            var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK);
            Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Text, Is.EqualTo(winner.Text));
        }
    }

    [Test]
    public async Task Of_concurrent_imports_of_one_uuid_exactly_one_succeeds_and_is_kept()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var uuid = Guid.NewGuid();
            var answers = await Race.RunAsync(Contestants, number => _server.Admin.PostAnswerAsync(
                $"/images/{uuid}?action=import", Requests.Manifest(("v", 2), ("uuid", uuid), ("name", $"of-{number}"))));
            ExpectOneWinner(answers, "ImageUuidAlreadyExists");
            var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK);
            Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Text, Is.EqualTo(winner.Text));
        }
    }

    [Test]
    public async Task Of_concurrent_deletions_exactly_one_succeeds()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var uuid = await _server.Admin.CreateAsync();
            var answers = await Race.RunAsync(Contestants, _ => _server.Admin.DeleteAnswerAsync($"/images/{uuid}"));
            Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.NoContent), Is.EqualTo(1));
            Assert.That(answers.Where(answer => answer.Status != HttpStatusCode.NoContent).Select(answer => answer.Code), Is.All.EqualTo("ResourceNotFound"));
        }
    }

    [Test]
    public async Task An_upload_during_an_activation_is_either_in_the_active_image_or_refused()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var uuid = await _server.Admin.CreateAsync();
            var (old, fresh) = (new byte[] { 1 }, new byte[200_000]);
            await _server.Admin.UploadAsync(uuid, old);
            var answers = await Race.RunAsync(2, number => number == 0
                ? _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate")
                : _server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", Requests.Bytes(fresh)));
            Assert.That(answers[0].Status, Is.EqualTo(HttpStatusCode.OK));
            var uploaded = answers[1].Status == HttpStatusCode.OK;
            Assert.That(uploaded ? "" : answers[1].Code, Is.AnyOf("", "ImageFilesImmutable", "ImageAlreadyActivated"));
            var activated = answers[0].Json.GetProperty("files")[0].GetProperty("size").GetInt32();
            Assert.That(activated, Is.EqualTo((uploaded ? fresh : old).Length), "the activated file is not the stored one");
            Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(uploaded ? fresh : old));
            Assert.That(Directory.GetFiles(Path.Combine(_server.DataFolder, uuid)), Has.Length.EqualTo(2));
        }
    }

    [Test]
    public async Task Concurrent_grants_to_many_accounts_are_all_kept()
    {
        var uuid = await _server.Admin.CreateAsync();
        var accounts = Enumerable.Range(0, Rounds * Contestants).Select(_ => Guid.NewGuid()).ToArray();
        await Race.RunAsync(accounts.Length, number => _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(new[] { accounts[number] })));
        var acl = (await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("acl").EnumerateArray().Select(account => account.GetGuid());
        Assert.That(acl, Is.EquivalentTo(accounts));
    }

    [Test]
    public async Task Counters_that_are_incremented_under_preconditions_lose_no_increment()
    {
        const int Raises = 10;
        var uuid = await _server.Admin.CreateAsync(("tags", new { count = 0 }));
        await Race.RunAsync(Contestants, async number =>
        {
            for (var raised = 0; raised < Raises;)
            {
                raised += await RaiseAsync(uuid, number) ? 1 : 0;
            }

            return number;
        });
        var tags = (await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("tags");
        Assert.That(tags.GetProperty("count").GetInt32(), Is.EqualTo(Contestants * Raises));
        Assert.That(Enumerable.Range(0, Contestants).Select(number => tags.GetProperty($"of-{number}").GetInt32()), Is.All.EqualTo(Raises));
    }

    /// <summary>Reads, increments the common counter and an own one, and writes unless another writer was faster. One writer always wins, so this ends.</summary>
    private async Task<bool> RaiseAsync(string uuid, int number)
    {
        var image = await _server.Admin.GetAnswerAsync($"/images/{uuid}");
        var tags = image.Json.GetProperty("tags").EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetInt32());
        tags["count"]++;
        tags[$"of-{number}"] = tags.GetValueOrDefault($"of-{number}") + 1;
        var answer = await _server.Admin.PostAnswerAsync(
            $"/images/{uuid}?action=update", Requests.Json(new { tags }), ("If-Match", image.Header("Etag")!));
        Assert.That(answer.Status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), answer.Text);
        return answer.Status == HttpStatusCode.OK;
    }

    private static void ExpectOneWinner(Answer[] answers, string refusal)
    {
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status != HttpStatusCode.OK).Select(answer => answer.Code), Is.All.EqualTo(refusal));
    }
}
