using ImgApi.Domain.UseCases;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

[TestFixture]
internal sealed class ImageImportsTests : UseCaseFixture
{
    private Task<(Image Image, bool Replaced)> ImportAsync(ImageBuilder image) =>
        new ImageImports(Images, Contents).AddOrReplaceAsync(image.Build(), Anyone, CancellationToken.None);

    private Task<Image> AddPlaceholderAsync() => AddAsync(new ImageBuilder().Labelled("creating"));

    [Test]
    public async Task An_imported_image_with_an_unused_uuid_is_added() =>
        Assert.That((await ImportAsync(new ImageBuilder())).Replaced, Is.False);

    [Test]
    public async Task An_imported_image_replaces_the_placeholder_of_its_uuid()
    {
        var uuid = (await AddPlaceholderAsync()).Uuid;
        Assert.That((await ImportAsync(new ImageBuilder().WithUuid(uuid).Named("real"))).Replaced, Is.True);
        Assert.That((await FindAsync(uuid))!.Details.Name, Is.EqualTo("real"));
    }

    [Test]
    public async Task The_file_of_a_replaced_placeholder_is_deleted()
    {
        var uuid = (await AddPlaceholderAsync()).Uuid;
        var file = (await UploadAsync(uuid, 1, 2, 3)).File!;
        await ImportAsync(new ImageBuilder().WithUuid(uuid));
        using var reader = await Contents.OpenAsync(uuid, file.Content!.Value, CancellationToken.None);
        Assert.That(reader, Is.Null);
    }

    [Test]
    public async Task An_import_with_the_uuid_of_a_complete_image_is_refused()
    {
        var uuid = (await AddAsync()).Uuid;
        await AssertRefusedAsync(() => ImportAsync(new ImageBuilder().WithUuid(uuid)), ErrorCode.ImageUuidAlreadyExists);
    }

    [Test]
    public async Task A_placeholder_that_another_import_replaced_first_is_not_replaced_again()
    {
        var uuid = (await AddPlaceholderAsync()).Uuid;
        Images.Rival = () => ImportAsync(new ImageBuilder().WithUuid(uuid).Named("first"));
        await AssertRefusedAsync(() => ImportAsync(new ImageBuilder().WithUuid(uuid).Named("second")), ErrorCode.ImageUuidAlreadyExists);
        Assert.That((await FindAsync(uuid))!.Details.Name, Is.EqualTo("first"));
    }
}
