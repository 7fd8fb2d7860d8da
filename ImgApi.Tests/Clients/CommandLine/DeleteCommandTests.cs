using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi delete</c>.</summary>
[TestFixture]
internal sealed class DeleteCommandTests : ClientFixture
{
    [Test]
    public async Task A_person_reads_what_the_image_is_and_who_depends_on_it_before_confirming()
    {
        var chain = await ImageChain.PublishAsync(Server.Admin);
        var (code, screen) = await Client.InTerminalAsync("n\n", "delete", chain.Middle);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(screen, Does.Contain($"middle@1.0.0 ({chain.Middle}), active, 293 KiB").And.Contain($"top@1.0.0 ({chain.Top}) is built on it").And.Contain("nothing was deleted"));
    }

    [Test]
    public async Task A_person_who_confirms_deletes_the_image()
    {
        var image = await Server.Admin.PublishAsync(("name", "gone"));
        var (code, screen) = await Client.InTerminalAsync("y\n", "delete", "gone");
        Assert.That(code, Is.Zero, screen);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{image}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_script_must_say_yes_beforehand()
    {
        var image = await Server.Admin.PublishAsync(("name", "kept"));
        var (code, _, error) = await Client.RunAsync("delete", image);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("-y"));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{image}")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Several_images_can_be_deleted_at_once()
    {
        var first = await Server.Admin.PublishAsync(("name", "one"));
        var second = await Server.Admin.PublishAsync(("name", "two"));
        Assert.That(await OutputAsync("delete", "-y", "-q", "one", "two"), Is.EqualTo($"{first}\n{second}\n"));
    }

    [Test]
    public async Task An_image_that_is_named_twice_is_deleted_once()
    {
        var image = await Server.Admin.PublishAsync(("name", "twice"));
        Assert.That(await OutputAsync("delete", "-y", "-q", "twice", image), Is.EqualTo($"{image}\n"));
    }

    [Test]
    public async Task If_the_second_of_two_images_is_refused_json_has_the_first()
    {
        var first = await Server.Admin.PublishAsync(("name", "first"));
        var chain = await ImageChain.PublishAsync(Server.Admin);
        var (code, output, _) = await Client.RunAsync("delete", "-y", "--json", first, chain.Base);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(JsonElement.Parse(output).EnumerateArray().Select(image => image.Text("uuid")), Is.EqualTo(new[] { first }));
    }

    [Test]
    public async Task An_image_that_others_are_built_on_is_refused_by_the_server()
    {
        var chain = await ImageChain.PublishAsync(Server.Admin);
        var (code, _, error) = await Client.RunAsync("delete", "-y", chain.Base);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("(ImageHasDependentImages)"));
    }
}
