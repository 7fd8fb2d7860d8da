using System.Text.Json;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// Makes an image, which is not stored yet, from the manifest of a create or import request. <c>InvalidParameter</c>, <c>ValidationFailed</c>
/// and <c>OriginDoesNotExist</c> refuse the manifest, in the order of contract 3.4, phases A to C. <c>channel</c> is the image's first
/// channel; null on a server without channels.
/// </summary>
public sealed class ManifestIntake(ImageLifecycle images, IManifestValidator validator, ServerRules rules)
{
    /// <summary>For CreateImage (contract 5.9). The image gets a new UUID.</summary>
    public async Task<Image> CreateAsync(JsonElement manifest, Uuid? account, string? channel, CancellationToken cancellation)
    {
        var fields = new ManifestDocument(manifest);
        SetOwner(fields, OwnerOnCreate(fields, account));
        if (fields.Contains("state"))
        {
            throw ImgApiException.ValidationFailed("state", "invalid image data: \"state\"", FieldError.NotAllowed, "Parameter cannot be set");
        }

        EnsureOwner(fields);
        await EnsureOriginAsync(fields, cancellation);
        RefuseExtraFields(fields, FieldRules.Create);
        if (!fields.Has("v"))
        {
            fields.Set("v", 2);
        }

        var uuid = Uuid.New();
        fields.Set("uuid", uuid.ToString());
        return Image.Create(uuid, ToDetails(fields, channel));
    }

    /// <summary>For AdminImportImage, form A (contract 5.18). The caller has checked that the UUIDs are equal and free.</summary>
    /// <param name="manifest">A JSON object with this UUID, in the current or old format (3.9).</param>
    /// <param name="userAgent">See <see cref="OldImgadm"/>.</param>
    public async Task<Image> ImportAsync(Uuid uuid, JsonElement manifest, string? channel, string userAgent, CancellationToken cancellation)
    {
        var fields = new ManifestDocument(manifest);
        await EnsureOriginAsync(fields, cancellation);
        OldManifest.Upgrade(fields);
        SetOwnerOnImport(fields);
        await OldImgadm.RestorePlatformAsync(fields, userAgent, images, cancellation);
        CheckDate(fields);
        fields.Remove("state");
        RefuseExtraFields(fields, FieldRules.Import);
        return Image.Create(uuid, ToDetails(fields, channel));
    }

    /// <summary>From another server (contract 5.18, form B). Fields that only that server knows are dropped. The origin may be missing.</summary>
    /// <param name="manifest">A JSON object with this UUID, in the current or old format (3.9).</param>
    public Image ImportRemote(Uuid uuid, JsonElement manifest, string? channel)
    {
        var fields = new ManifestDocument(manifest);
        OldManifest.Upgrade(fields);
        SetOwnerOnImport(fields);
        CheckDate(fields);
        fields.Remove([.. ExtraFields(fields, FieldRules.Import)]);
        return Image.Create(uuid, ToDetails(fields, channel));
    }

    private static void CheckDate(ManifestDocument fields)
    {
        if (fields["published_at"] is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.String) })
        {
            throw ImgApiException.InvalidParameter("published_at", "invalid \"published_at\"", fieldMessage: "published_at must be a string");
        }
    }

    private static IEnumerable<string> ExtraFields(ManifestDocument fields, FieldRules operation)
    {
        var isZvol = fields.IsOfType(ImageType.Zvol);
        return fields.Names.Where(name => ManifestSchema.Find(name) is not { } field
            || !(field.Has(FieldRules.Ignored) || (field.Has(operation) && (isZvol || !field.Has(FieldRules.ZvolOnly)))));
    }

    private static void RefuseExtraFields(ManifestDocument fields, FieldRules operation)
    {
        var extra = ExtraFields(fields, operation).ToArray();
        if (extra.Length > 0)
        {
            throw new ImgApiException(
                ErrorCode.InvalidParameter,
                "invalid extra parameters: " + string.Join(", ", extra.Select(name => $"\"{name}\"")),
                [.. extra.Select(name => new FieldError(name, FieldError.Invalid, WhyExtra(ManifestSchema.Find(name))))]);
        }
    }

    private static string WhyExtra(ManifestField? field) => field switch
    {
        null => "an image has no such field",
        _ when field.Has(FieldRules.ZvolOnly) => "only an image of type zvol can have it",
        _ => "only an import can set it",
    };

    private Uuid? OwnerOnCreate(ManifestDocument fields, Uuid? account)
    {
        if (account is { } given && fields.Has("owner") && fields["owner"].AsUuid() != given)
        {
            throw ImgApiException.InvalidParameter(
                "owner", $"invalid owner: given owner, \"{PlainJson.InMessage(fields["owner"])}\", does not match account, \"{given}\"");
        }

        return account ?? (fields.Has("owner") ? null : rules.DefaultOwner);
    }

    private void SetOwnerOnImport(ManifestDocument fields)
    {
        SetOwner(fields, rules.OwnerOnImport(fields.Has("owner") ? fields["owner"].AsUuid() : rules.DefaultOwner));
        EnsureOwner(fields);
    }

    private static void SetOwner(ManifestDocument fields, Uuid? owner)
    {
        if (owner is not null)
        {
            fields.Set("owner", owner.ToString());
        }
    }

    // A missing owner is reported before any other error (contract 2.4).
    private static void EnsureOwner(ManifestDocument fields)
    {
        if (!fields.Has("owner"))
        {
            throw ManifestValidation.MissingField("owner");
        }
    }

    private Task EnsureOriginAsync(ManifestDocument fields, CancellationToken cancellation) =>
        fields.Has("origin") ? images.EnsureOriginExistsAsync(PlainJson.InMessage(fields["origin"]), cancellation) : Task.CompletedTask;

    private ImageDetails ToDetails(ManifestDocument fields, string? channel)
    {
        fields.Remove(ManifestSchema.Fields.Where(field => field.Has(FieldRules.Ignored)).Select(field => field.Name));
        if (channel is not null)
        {
            fields.Set<string[]>("channels", [channel]);
        }

        return validator.ValidateAndRead(fields, rules);
    }
}
