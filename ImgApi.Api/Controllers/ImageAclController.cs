namespace ImgApi.Api.Controllers;

/// <summary>The access lists of private images.</summary>
[Needs(Right.Publish)]
[Tags(ApiTags.Images)]
internal sealed class ImageAclController(ImageLifecycle lifecycle) : ImgApiController
{
    /// <summary>Adds accounts to the access list of an image, or removes them.</summary>
    /// <param name="action">add (default) or remove.</param>
    /// <param name="body">Array of the accounts' UUIDs.</param>
    [HttpPost("/images/{uuid}/acl", Name = "ChangeImageAcl")]
    [Fails(ErrorSets.Write)]
    [Example("""[ "930896af-bf8c-48d4-885c-6573a94b1853" ]""")]
    public async Task<ActionResult<ImageManifest>> Change(
        Uuid uuid, ImageScope scope, [FromQuery, OneOf(typeof(ImageActions), nameof(ImageActions.OnAcl))] string? action,
        JsonBody<string[]> body)
    {
        var grants = action switch
        {
            null or "" or "add" => true,
            "remove" => false,
            _ => throw Parameters.UnknownAction(action, ImageActions.OnAcl),
        };
        var accounts = Accounts(await body.ReadAsync());
        return Manifest(await (grants
            ? lifecycle.GrantAccessAsync(uuid, accounts, scope.EnsureOwned, Cancellation)
            : lifecycle.RevokeAccessAsync(uuid, accounts, scope.EnsureOwned, Cancellation)));
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
