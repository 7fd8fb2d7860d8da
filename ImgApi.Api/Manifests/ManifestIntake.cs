using System.Text.Json;
using ImgApi.Api.Mapping;
using ImgApi.Api.Validation;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;

namespace ImgApi.Api.Manifests;

/// <summary>
/// Makes of the body of create or import the details of a new image: the order of the checks is contract 3.4, phases A to C.
/// </summary>
public sealed class ManifestIntake(ImageLifecycle images, ManifestCheck check, ServerRules rules)
{
    private static readonly string[] CommonKeys =
    [
        "v", "owner", "name", "version", "description", "homepage", "eula", "disabled", "public", "type", "os", "origin", "acl",
        "requirements", "users", "billing_tags", "traits", "tags", "generate_passwords", "inherited_directories", "error",
    ];

    private static readonly string[] ZvolKeys = ["nic_driver", "disk_driver", "cpu_type", "image_size"];

    private static readonly string[] ImportKeys = [.. CommonKeys, "uuid", "published_at", "urn"];

    // The caller may send them; they are the server's to set.
    private static readonly string[] IgnoredKeys = ["files", "icon", "channels"];

    /// <summary>For CreateImage (contract 5.9).</summary>
    /// <param name="manifest">A JSON object.</param>
    /// <param name="account">The request's account; null for an operator.</param>
    /// <param name="channel">The channel that the image starts in; null on a server without channels.</param>
    /// <param name="cancellation">Cancels the look-ups.</param>
    /// <returns>The new image, with a fresh uuid, not kept yet.</returns>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>, <c>ValidationFailed</c>, <c>OriginDoesNotExist</c>.</exception>
    public async Task<Image> CreateAsync(JsonElement manifest, Uuid? account, string? channel, CancellationToken cancellation)
    {
        var fields = ManifestFields.Of(manifest);
        SettleOwner(fields, account);
        if (fields["state"].ValueKind != JsonValueKind.Undefined)
        {
            throw ImgApiException.ValidationFailed(
                "state", "invalid image data: \"state\"", FieldError.NotAllowed, "Parameter cannot be set");
        }

        EnsureOwner(fields);
        await EnsureOriginAsync(fields, cancellation);
        RefuseExtraKeys(fields, CommonKeys);
        if (!fields.Has("v"))
        {
            fields.Set("v", 2);
        }

        var uuid = Uuid.New();
        fields.Set("uuid", uuid.ToString());
        return Image.Create(uuid, ToDetails(fields, channel));
    }

    /// <summary>For AdminImportImage, form A (contract 5.18), once the uuids are known to be the same and free.</summary>
    /// <param name="uuid">The image's uuid.</param>
    /// <param name="manifest">A JSON object with that uuid; of the present or of the old form (3.9).</param>
    /// <param name="channel">The channel that the image starts in; null on a server without channels.</param>
    /// <param name="userAgent">The client; old ones of <c>imgadm</c> need a hand with platforms.</param>
    /// <param name="cancellation">Cancels the look-ups.</param>
    /// <returns>The new image, not kept yet.</returns>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>, <c>ValidationFailed</c>, <c>OriginDoesNotExist</c>.</exception>
    public async Task<Image> ImportAsync(
        Uuid uuid, JsonElement manifest, string? channel, string userAgent, CancellationToken cancellation)
    {
        var fields = ManifestFields.Of(manifest);
        await EnsureOriginAsync(fields, cancellation);
        OldManifest.Upgrade(fields);
        SettleOwnerOnImport(fields);
        await OldImgadm.MendPlatformAsync(fields, userAgent, images, cancellation);
        CheckDate(fields);
        fields.Remove("state");
        RefuseExtraKeys(fields, ImportKeys);
        return Image.Create(uuid, ToDetails(fields, channel));
    }

    /// <summary>
    /// For imports from another server (contract 5.18, form B). What its version knows and this one does not is left out; whether
    /// the origin is here is not looked at.
    /// </summary>
    /// <param name="uuid">The image's uuid, which the manifest has too.</param>
    /// <param name="manifest">A JSON object; of the present or of the old form (3.9).</param>
    /// <param name="channel">The channel that the image starts in; null on a server without channels.</param>
    /// <returns>The new image, not kept yet.</returns>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>, <c>ValidationFailed</c>.</exception>
    public Image ImportRemote(Uuid uuid, JsonElement manifest, string? channel)
    {
        var fields = ManifestFields.Of(manifest);
        OldManifest.Upgrade(fields);
        SettleOwnerOnImport(fields);
        CheckDate(fields);
        fields.Remove([.. ExtraKeys(fields, ImportKeys)]);
        return Image.Create(uuid, ToDetails(fields, channel));
    }

    private static void CheckDate(ManifestFields fields)
    {
        if (fields["published_at"] is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.String) })
        {
            throw ImgApiException.InvalidParameter("published_at", "invalid \"published_at\"", fieldMessage: "published_at must be a string");
        }
    }

    private static IEnumerable<string> ExtraKeys(ManifestFields fields, string[] known)
    {
        var isZvol = fields["type"] is { ValueKind: JsonValueKind.String } type && type.ValueEquals(ImageType.Zvol);
        return fields.Keys.Except(known).Except(IgnoredKeys).Except(isZvol ? ZvolKeys : []);
    }

    private static void RefuseExtraKeys(ManifestFields fields, string[] known)
    {
        var extra = ExtraKeys(fields, known).ToArray();
        if (extra.Length > 0)
        {
            throw new ImgApiException(
                ErrorCode.InvalidParameter,
                "invalid extra parameters: " + string.Join(", ", extra.Select(key => $"\"{key}\"")),
                [.. extra.Select(key => new FieldError(key, FieldError.Invalid, WhyExtra(key)))]);
        }
    }

    private static string WhyExtra(string key) =>
        ZvolKeys.Contains(key) ? "only an image of type zvol can have it"
        : ImportKeys.Contains(key) ? "only an import can set it"
        : "an image has no such field";

    private void SettleOwner(ManifestFields fields, Uuid? account)
    {
        if (account is { } given)
        {
            if (fields.Has("owner") && JsonValues.Uuid(fields["owner"]) != given)
            {
                throw ImgApiException.InvalidParameter(
                    "owner", $"invalid owner: given owner, \"{JsonRules.Plain(fields["owner"])}\", does not match account, \"{given}\"");
            }

            fields.Set("owner", given.ToString());
        }
        else
        {
            SetDefaultOwner(fields);
        }
    }

    private void SetDefaultOwner(ManifestFields fields)
    {
        if (!fields.Has("owner") && rules.DefaultOwner is { } owner)
        {
            fields.Set("owner", owner.ToString());
        }
    }

    private void SettleOwnerOnImport(ManifestFields fields)
    {
        SetDefaultOwner(fields);
        if (rules.OwnerOnImport(JsonValues.Uuid(fields["owner"])) is { } owner)
        {
            fields.Set("owner", owner.ToString());
        }

        EnsureOwner(fields);
    }

    /// <summary>Where owners matter, one that is missing is told before anything else about the manifest (contract 2.4).</summary>
    private static void EnsureOwner(ManifestFields fields)
    {
        if (!fields.Has("owner"))
        {
            throw ImgApiException.ValidationFailed("owner", "invalid image data: owner", FieldError.MissingParameter, JsonRules.Missing("owner"));
        }
    }

    private Task EnsureOriginAsync(ManifestFields fields, CancellationToken cancellation) =>
        fields.Has("origin") ? images.EnsureOriginExistsAsync(JsonRules.Plain(fields["origin"]), cancellation) : Task.CompletedTask;

    private ImageDetails ToDetails(ManifestFields fields, string? channel)
    {
        fields.Remove(IgnoredKeys);
        if (channel is not null)
        {
            fields.Set<string[]>("channels", [channel]);
        }

        fields.Normalise();
        if (fields["public"].ValueKind == JsonValueKind.Undefined)
        {
            fields.Set("public", rules.DefaultPublic);
        }

        return check.ToDetails(fields.ToBody());
    }
}
