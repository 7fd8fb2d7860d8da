using ImgApi.Domain.Integrity;
using ImgApi.Domain.UseCases;

namespace ImgApi.Tests.Unit.Domain.UseCases;

internal static class ImageReadingTests
{
    [TestFixture]
    internal sealed class GetFile : UseCaseFixture
    {
        private ValueTask<StoredContent> GetFileAsync(Uuid uuid, long index = 0, Action<Image>? guard = null) =>
            new ImageReading(Images, Contents, Damages).GetFileAsync(uuid, index, guard ?? Anyone, CancellationToken.None);

        [Test]
        public async Task A_file_has_its_size_and_digests()
        {
            var file = await GetFileAsync((await PublishAsync()).Uuid);
            Assert.That((file.Size, file.Etag, file.Md5), Is.EqualTo((3L, "7037807198c22a7d2b0807371d763779a84fdfcf", "Uonfc331cyb83SJZevsfrA==")));
        }

        [TestCase(0)]
        [TestCase(1)]
        public async Task A_file_that_the_image_does_not_have_is_not_found(long index)
        {
            var uuid = (index == 0 ? await AddAsync() : await PublishAsync()).Uuid;
            await AssertRefusedAsync(() => GetFileAsync(uuid, index).AsTask(), ErrorCode.ResourceNotFound);
        }

        [Test]
        public async Task A_file_that_is_known_to_be_damaged_is_an_internal_error()
        {
            var image = await PublishAsync();
            await Damages.EnterAsync([new Damage(image.Uuid, image.File!.Content!.Value, "damaged", Clock.GetUtcNow())], CancellationToken.None);
            await AssertRefusedAsync(() => GetFileAsync(image.Uuid).AsTask(), ErrorCode.Internal);
        }

        [Test]
        public async Task The_file_of_an_image_that_the_guard_refuses_is_refused()
        {
            var uuid = (await PublishAsync()).Uuid;
            await AssertRefusedAsync(() => GetFileAsync(uuid, guard: Refuse).AsTask(), ErrorCode.NotImageOwner);
        }
    }

    [TestFixture]
    internal sealed class Open : UseCaseFixture
    {
        private ImageReading Reading => new(Images, Contents, Damages);

        private ValueTask<StoredContent> GetFileAsync(Uuid uuid) => Reading.GetFileAsync(uuid, 0, Anyone, CancellationToken.None);

        [Test]
        public async Task The_bytes_of_a_file_can_be_read()
        {
            using var reader = await Reading.OpenAsync(await GetFileAsync((await PublishAsync()).Uuid), CancellationToken.None);
            Assert.That(reader!.Length, Is.EqualTo(3));
        }

        [Test]
        public async Task A_file_that_was_replaced_after_it_was_looked_up_is_null()
        {
            var uuid = (await AddAsync()).Uuid;
            await UploadAsync(uuid, 1, 2, 3);
            var file = await GetFileAsync(uuid);
            await UploadAsync(uuid, 4, 5);
            Assert.That(await Reading.OpenAsync(file, CancellationToken.None), Is.Null);
        }

        [Test]
        public async Task A_file_that_is_missing_in_the_store_is_not_found()
        {
            var image = await PublishAsync();
            var file = await GetFileAsync(image.Uuid);
            await Contents.DeleteAsync(image.Uuid, image.File!.Content!.Value);
            await AssertRefusedAsync(() => Reading.OpenAsync(file, CancellationToken.None), ErrorCode.ResourceNotFound);
        }
    }
}
