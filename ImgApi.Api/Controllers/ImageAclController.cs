using System.Text.Json;
using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.OpenApi;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Who sees a private image.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Images)]
public sealed class ImageAclController(ImageLifecycle lifecycle) : ImgApiController
{
    /// <summary>Adds accounts to the access list of an image, or removes them.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="action">add (default) or remove.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    /// <param name="body">Array of the accounts' UUIDs.</param>
    [HttpPost("/images/{uuid}/acl", Name = "ChangeImageAcl")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.NotImageOwner),
        nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.InvalidContent), nameof(ErrorCode.BadDigest),
        nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Change(
        Uuid uuid,
        [FromQuery(Name = "action")] string? action,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        JsonBody<string[]> body)
    {
        Action<Image> guard = Scope(account, channel).EnsureOwned;
        var grants = action switch
        {
            null or "" or "add" => true,
            "remove" => false,
            _ => throw Parameters.UnknownAction(action, ImageActions.OnAcl),
        };
        var accounts = Accounts(await body.ReadAsync());
        return Manifest(await (grants
            ? lifecycle.GrantAccessAsync(uuid, accounts, guard, Cancellation)
            : lifecycle.RevokeAccessAsync(uuid, accounts, guard, Cancellation)));
    }

    private static Uuid[] Accounts(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Array } items)
        {
            throw ImgApiException.InvalidParameter("acl", "invalid image \"acl\" (not an array)");
        }

        Uuid[] accounts = [.. items.EnumerateArray().Select(item => item.AsUuid()).TakeWhile(account => account is not null).OfType<Uuid>()];
        var index = accounts.Length;
        return index == items.GetArrayLength()
            ? accounts
            : throw ImgApiException.InvalidParameter(
                "acl", $"invalid image \"acl\" (item {index} is not a UUID): {PlainJson.InMessage(items[index])}");
    }
}
