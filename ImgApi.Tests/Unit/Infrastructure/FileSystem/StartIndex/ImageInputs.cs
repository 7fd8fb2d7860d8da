using System.Text;
using System.Text.Json;
using CsCheck;
using ImgApi.Domain.Contents;
using ImgApi.Tests.Security.Fuzzing;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>Random images with a value for every property now and then.</summary>
internal static class ImageInputs
{
    private static readonly Gen<string> Texts = Inputs.Noise.Select(WithoutUnpairedSurrogates);
    private static readonly Gen<Uuid> Uuids = Gen.Guid.Select(uuid => Uuid.Parse(uuid.ToString()));
    private static readonly Gen<DateTimeOffset> Instants = Gen.DateTimeOffset;

    private static readonly Gen<ZfsStreamHead> Streams = Gen.Select(Gen.Enum<ZfsObjectSet>(), Gen.ULong, Gen.ULong, Gen.Bool).Select(
        (kind, to, from, several) => new ZfsStreamHead(kind, to, from, several));

    private static readonly Gen<InspectionResult> Inspections = Gen.Select(
        Gen.Enum<ContentFormat>(), Gen.Nullable(Gen.Enum<ContentFormat>()), Gen.Bool, Optional(Streams)).Select(
        (format, inside, isDamaged, stream) => new InspectionResult(format, inside, isDamaged, stream));

    private static readonly Gen<ImageFile> Files = Gen.Select(Texts, Gen.Long, Optional(Texts), Instants, Optional(Inspections)).Select((text, size, more, at, inspection) => new ImageFile
    {
        Sha1 = text,
        Size = size,
        Compression = more ?? "gzip",
        DatasetGuid = more,
        Md5 = more,
        ModifiedAt = at,
        Digest = more,
        UncompressedDigest = more,
        Content = more is null ? null : new ContentKey(more),
        Inspection = inspection,
    });

    private static readonly Gen<ImageIcon> Icons = Gen.Select(Texts, Gen.Long, Optional(Texts), Instants).Select((text, size, more, at) => new ImageIcon
    {
        ContentType = text,
        Size = size,
        Sha1 = more,
        Md5 = more,
        ModifiedAt = at,
        Content = new ContentKey(text),
    });

    private static readonly Gen<ApprovalRequest> Approvals = Gen.Select(Instants, Optional(Texts), Optional(Texts)).Select((at, user, reason) =>
        new ApprovalRequest(Timestamp.From(at)) { RejectedBy = user, Reason = reason });

    private static readonly Gen<Func<ImageDetails, ImageDetails>> TextFields = Gen.Select(Texts, Texts, Optional(Texts), Optional(Texts), Optional(Texts)).Select(
        (a, b, c, d, e) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            Name = a,
            Version = b,
            Description = c,
            Homepage = d,
            Eula = e,
            Urn = c,
            Type = d,
            Os = e,
            NicDriver = c,
            DiskDriver = d,
            CpuType = e,
        }));

    private static readonly Gen<Func<ImageDetails, ImageDetails>> ListFields = Gen.Select(
        Uuids.Array[0, 3], Texts.Array[0, 3], OptionalList(Texts), OptionalList(Texts), Optional(Instants.Select(at => Timestamp.From(at)))).Select(
        (acl, tags, folders, channels, at) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            Acl = acl,
            BillingTags = tags,
            InheritedDirectories = folders,
            Channels = channels,
            PublishedAt = at,
        }));

    private static readonly Gen<Func<ImageDetails, ImageDetails>> JsonFields = Gen.Select(
        JsonValue(), JsonValue(), JsonValue(), JsonValue(), JsonValue()).Select((a, b, c, d, e) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            Requirements = a,
            Users = b,
            Traits = c,
            Tags = d,
            Error = e,
        }));

    private static readonly Gen<Func<ImageDetails, ImageDetails>> OtherFields = Gen.Select(
        Gen.Int, Uuids, Gen.Bool, Gen.Nullable(Gen.Long), Gen.Nullable(Gen.Bool), Gen.Nullable(Uuids)).Select(
        (v, owner, flag, size, maybe, origin) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            V = v,
            Owner = owner,
            Disabled = flag,
            Public = !flag,
            ImageSize = size,
            GeneratePasswords = maybe,
            Origin = origin,
        }));

    public static Gen<Image> Images { get; } = Gen.Select(
        Gen.Select(TextFields, ListFields, JsonFields, OtherFields), Uuids, Gen.Bool, Gen.Select(Optional(Texts), Optional(Texts)), Optional(Files), Gen.Select(Optional(Icons), Optional(Approvals))).Select(
        (details, uuid, activated, texts, file, others) => Image.Restore(
            uuid, details.Item1(details.Item2(details.Item3(details.Item4(new ImageDetails())))), activated, texts.Item1, file, others.Item1)
            .PublishedBy(texts.Item2).WithApproval(others.Item2));

    private static string WithoutUnpairedSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Gen<T?> Optional<T>(Gen<T> values)
        where T : class => Gen.Frequency((1, Gen.Const((T?)null)), (3, values.Select(value => (T?)value)));

    private static Gen<IReadOnlyList<string>?> OptionalList(Gen<string> values) => Optional(values.Array[0, 3].Select(list => (IReadOnlyList<string>)list));

    private static Gen<JsonElement?> JsonValue() => Optional(JsonInputs.Value).Select(text => text is null ? (JsonElement?)null : JsonElement.Parse(text));
}
