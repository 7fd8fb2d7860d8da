using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Sends actions to one image, on a server in mode private.</summary>
internal abstract class ActionFixture() : ContractFixture(ServerMode.Private)
{
    /// <summary>Posts to the image with this query.</summary>
    protected Task<Answer> ActAsync(string uuid, string query, string? body = null, params (string Name, string Value)[] headers) =>
        Admin.PostAnswerAsync($"/images/{uuid}?{query}", body is null ? null : Requests.Json(body), headers);

    protected Task<Answer> UpdateAsync(string uuid, string body) => ActAsync(uuid, "action=update", body);

    /// <summary>Creates an image that has a file but is not activated.</summary>
    protected async Task<string> CreateWithFileAsync()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        return uuid;
    }
}
