using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Creates images from manifests (contract 5.9).</summary>
internal abstract class CreateFixture(ServerMode mode = ServerMode.Public) : ContractFixture(mode)
{
    /// <summary>Creates an image from the sample manifest with these changes; a null value removes the member.</summary>
    protected Task<Answer> CreateAsync(params (string Key, object? Value)[] changes) =>
        Admin.PostAnswerAsync("/images", Requests.Manifest(changes));

    /// <summary>Creates an image from the sample manifest with a JSON null in this member.</summary>
    protected Task<Answer> CreateWithNullAsync(string key) => Admin.PostAnswerAsync(
        "/images", Requests.Json($$"""{"name":"a","version":"1","type":"other","os":"other","{{key}}":null}"""));

    /// <summary>Asserts that the manifest is refused for this value of one field.</summary>
    protected async Task AssertInvalidAsync(string key, object value) =>
        AssertRefused(await CreateAsync((key, value)), 422, "ValidationFailed", $"{key}:Invalid");
}
