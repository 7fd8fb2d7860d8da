using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Deletion, and the dependents that prevent it (contract 5.17).</summary>
[TestFixture]
internal sealed class DeleteChecks() : ContractFixture(ServerMode.Public)
{
    [Test]
    [Check(152)]
    public async Task A_deleted_image_leaves_nothing()
    {
        var uuid = await Admin.PublishAsync();
        await Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], "image/png"));
        var answer = await Admin.DeleteAnswerAsync($"/images/{uuid}");
        Assert.That((int)answer.Status, Is.EqualTo(204));
        Assert.That(answer.Bytes, Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(Server.DataFolder).Where(path => path.Contains(uuid, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    [Check(152)]
    public async Task A_second_deletion_is_not_found()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.DeleteAnswerAsync($"/images/{uuid}");
        AssertNotFound(await Admin.DeleteAnswerAsync($"/images/{uuid}"), $"image {uuid} not found");
    }

    [Test]
    [Check(152)]
    public async Task A_force_all_channels_that_is_not_a_boolean_is_refused() =>
        AssertRefused(
            await Admin.DeleteAnswerAsync($"/images/{await Admin.CreateAsync()}?force_all_channels=foo"),
            422, "InvalidParameter", "force_all_channels:Invalid");

    [Test]
    [Check(153)]
    public async Task An_origin_can_be_deleted_only_after_its_last_dependent()
    {
        var origin = await Admin.PublishAsync();
        var child = await Admin.CreateAsync(("origin", origin));
        var refused = await Admin.DeleteAnswerAsync($"/images/{origin}");
        AssertRefused(refused, 422, "ImageHasDependentImages");
        Assert.That(refused.Message, Is.EqualTo($"image \"{origin}\" has 1 dependent incremental image(s): {child}"));
        await Admin.DeleteAnswerAsync($"/images/{child}");
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{origin}")).Status, Is.EqualTo(204));
    }

    [Test]
    [Check(153)]
    public async Task The_message_about_many_dependents_names_five_and_counts_the_others()
    {
        var origin = await Admin.PublishAsync();
        for (var i = 0; i < 11; i++)
        {
            await Admin.CreateAsync(("origin", origin));
        }

        Assert.That(
            (await Admin.DeleteAnswerAsync($"/images/{origin}")).Message,
            Does.StartWith($"image \"{origin}\" has 11 dependent incremental image(s): ").And.EndWith(", and 6 more..."));
    }
}
