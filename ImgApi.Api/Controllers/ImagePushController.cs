using System.Text.Json;
using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Unsupported;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Pushing Docker images.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.NotOffered)]
public sealed class ImagePushController(ImageReading reading) : ImgApiController
{
    /// <summary>Checks a request to push a Docker image to its registry; this server does not push.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="body">Credentials and target; not used.</param>
    [HttpPost("/images/{uuid}/push", Name = "AdminPushDockerImage")]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.NotImageOwner),
        nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.InvalidContent), nameof(ErrorCode.NotAvailable))]
    public async Task<IActionResult> Push(Uuid uuid, [FromQuery(Name = "account")] string? account, JsonBody<JsonElement> body)
    {
        await body.ReadAsync();
        var scope = new ImageScope(Parameters.Account(account), Channel: null);
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        throw DockerImages.RefusePush(image.Details.Type);
    }
}
