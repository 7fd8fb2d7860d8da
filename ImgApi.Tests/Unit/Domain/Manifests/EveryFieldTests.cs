using System.Text.Json;
using AutoMapper;
using ImgApi.Api.Mapping;
using ImgApi.Api.Responses;
using ImgApi.Api.Validation;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Tests.Security.Fuzzing;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace ImgApi.Tests.Unit.Domain.Manifests;

/// <summary>Every field of the table survives each code path that reads or writes manifests.</summary>
[TestFixture]
internal sealed class EveryFieldTests
{
    private static readonly Channel Dev = new("dev", "");
    private static readonly ServerRules Rules = new(ServerMode.Dc) { Channels = new ChannelSet([Dev], Dev) };
    private static readonly ManifestValidator Validator = new(Rules);
    private static readonly ManifestUpdate Update = new(Validator, Rules);
    private static readonly ManifestCache Texts = new(
        new MapperConfiguration(mapping => mapping.AddMaps(typeof(ImageToManifestProfile).Assembly), NullLoggerFactory.Instance).CreateMapper(), Rules);

    private static readonly ManifestIntake Intake = new(new ImageLifecycle(WithAnyOrigin(), null!), Validator, Rules);

    [Test]
    public void A_manifest_on_disk_keeps_every_field()
    {
        using var folder = new TemporaryFolder();
        Fuzz.Check(ManifestInputs.Manifest, text =>
        {
            var bytes = ManifestWriter.Write(ImageOf(text), ManifestLeftovers.None, []);
            var stored = ManifestReader.Read(Uuid.Zero, bytes, new FolderListing(folder.Path), Timestamp.From);
            AssertSame(stored.Image, text, _ => true);
            Assert.That(stored.Leftovers, Is.SameAs(ManifestLeftovers.None));
        });
    }

    [Test]
    public void The_start_index_keeps_every_field() => Fuzz.Check(ManifestInputs.Manifest, text =>
    {
        using var chunk = new ChunkWriter();
        new IndexEntry(default, ImageOf(text)).Write(chunk);
        AssertSame(IndexEntry.ReadAll(chunk.Bytes.ToArray()).Single().Image, text, _ => true);
    });

    [Test]
    public void An_answer_shows_every_field() => Fuzz.Check(ManifestInputs.Manifest, text =>
    {
        var image = Image.Restore(Uuid.Zero, DetailsOf(text), activated: true, ImageState.Failed, null, null);
        AssertSame(JsonElement.Parse(Texts.Of(image.Stored(Image.NotStored), ManifestForm.Channels).Json), text, _ => true);
    });

    [Test]
    public Task Create_sets_every_field_that_it_may_set() => Fuzz.CheckAsync(ManifestInputs.Manifest, async text =>
    {
        var manifest = Without(text, field => !field.Has(FieldRules.Create));
        AssertSame(await Intake.CreateAsync(manifest, null, "dev", CancellationToken.None), text, field => field.Has(FieldRules.Create));
    });

    [Test]
    public Task Import_sets_every_field_that_it_may_set() => Fuzz.CheckAsync(ManifestInputs.Manifest, async text =>
    {
        var manifest = Without(text.Replace("{\"v\"", $"{{\"uuid\":\"{Uuid.Zero}\",\"v\"", StringComparison.Ordinal), field => !field.Has(FieldRules.Import));
        AssertSame(
            await Intake.ImportAsync(Uuid.Zero, manifest, "dev", "", CancellationToken.None), text, field => field.Has(FieldRules.Import));
    });

    [Test]
    public void A_manifest_of_another_server_is_imported_with_every_field() => Fuzz.Check(ManifestInputs.Manifest, text =>
    {
        var there = Image.Restore(Uuid.Zero, DetailsOf(text), activated: true, ImageState.Failed, null, null);
        var answer = JsonElement.Parse(Texts.Of(there.Stored(Image.NotStored), ManifestForm.Channels).Json);
        AssertSame(Intake.ImportRemote(Uuid.Zero, answer, "dev"), text, field => field.Has(FieldRules.Import));
    });

    [Test]
    public void Update_sets_every_field_that_it_may_set() => Fuzz.Check(ManifestInputs.Manifest, text =>
    {
        var type = JsonElement.Parse(text).GetProperty("type").GetString();
        var before = Image.Create(Uuid.Zero, new ImageDetails { Name = "before", Version = "1", Os = "other", Type = type, Channels = ["dev"] });
        var change = Update.Apply(before, Without(text, field => !field.Has(FieldRules.Update)), byOperator: true);
        AssertSame(Image.Create(Uuid.Zero, change.Details), text, field => field.Has(FieldRules.Update));
    });

    [Test]
    public void Update_keeps_every_field_that_it_is_not_given() => Fuzz.Check(ManifestInputs.Manifest, text =>
    {
        var change = Update.Apply(ImageOf(text), JsonElement.Parse("""{"description":"after"}"""), byOperator: true);
        AssertSame(Image.Create(Uuid.Zero, change.Details), text, field => field.Name != "description");
    });

    private static IImageRepository WithAnyOrigin()
    {
        var images = new Mock<IImageRepository>();
        images.Setup(repository => repository.FindAsync(It.IsAny<Uuid>(), It.IsAny<CancellationToken>()))
            .Returns((Uuid uuid, CancellationToken _) => new ValueTask<Image?>(Image.Create(uuid, new ImageDetails())));
        return images.Object;
    }

    private static ImageDetails DetailsOf(string text) => ManifestCodec.Details(new ManifestDocument(JsonElement.Parse(text)));

    private static Image ImageOf(string text) => Image.Create(Uuid.Zero, DetailsOf(text));

    private static JsonElement Without(string text, Func<ManifestField, bool> isDropped)
    {
        var members = new ManifestDocument(JsonElement.Parse(text)).Members.Where(member => !isDropped(ManifestSchema.Find(member.Key)!));
        var owned = members.ToDictionary();
        return JsonSerializer.SerializeToElement(owned);
    }

    private static void AssertSame(Image image, string text, Func<ManifestField, bool> isCompared)
    {
        var shown = ManifestCodec.Document(image);
        AssertSame(name => shown[name], text, isCompared);
    }

    private static void AssertSame(JsonElement shown, string text, Func<ManifestField, bool> isCompared) => AssertSame(name => shown.Member(name), text, isCompared);

    private static void AssertSame(Func<string, JsonElement> shown, string text, Func<ManifestField, bool> isCompared)
    {
        var document = JsonElement.Parse(text);
        foreach (var field in ManifestSchema.Fields.Where(field => field.Set is not null && isCompared(field)))
        {
            var given = document.Member(field.Name);
            Assert.That(ManifestInputs.AreSame(shown(field.Name), given), Is.True, $"{field.Name}: {given} became {shown(field.Name)}");
        }
    }
}
