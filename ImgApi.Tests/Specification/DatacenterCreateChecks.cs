using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>In mode dc an image needs an owner, and nothing else is checked before that (contract 3.4).</summary>
[TestFixture]
internal sealed class DatacenterCreateChecks() : CreateFixture(ServerMode.Dc)
{
    [Test]
    public async Task A_create_without_owner_reports_nothing_else() =>
        AssertRefused(
            await CreateAsync(("extra", 1), ("origin", UnknownUuid), ("name", null)), 422, "ValidationFailed", "owner:MissingParameter");

    [Test]
    public async Task An_import_without_owner_reports_nothing_else()
    {
        var uuid = Uuid.New().ToString();
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("extra", 1), ("name", null));
        AssertRefused(
            await Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest), 422, "ValidationFailed", "owner:MissingParameter");
    }
}
