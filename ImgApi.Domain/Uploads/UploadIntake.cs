using System.Security.Cryptography;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Uploads;

/// <summary>Appends an arriving part to an upload. What was kept of it is durable when a call ends, unless the disk fails.</summary>
internal sealed class UploadIntake(IUploadStore store, UploadHead head)
{
    /// <param name="live">The caller has its turn.</param>
    /// <exception cref="ImgApiException">
    /// <c>ChecksumMismatch</c> and <c>PayloadTooLarge</c>, after which the part is removed again; <c>UploadConflict</c> if a newer request
    /// ended this one; or what the inspection refuses.
    /// </exception>
    public async Task AppendAsync(PendingUpload upload, LiveUpload live, UploadPart part, CancellationToken cancellation)
    {
        await using var writer = await store.AppendAsync(upload.Id, cancellation);
        await BeginAsync(upload, live, part, writer);
        // A part with a checksum is kept only if it is whole and matches.
        var isKept = part.Sha1 is null;
        try
        {
            await ReceiveAsync(upload, live, part, writer, cancellation);
            isKept = true;
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.PayloadTooLarge)
        {
            isKept = false;
            throw;
        }
        finally
        {
            await (isKept ? writer.FlushAsync(CancellationToken.None) : writer.TruncateAsync(part.Offset, CancellationToken.None));
            live.Digest.CatchUp(writer.Offset);
        }
    }

    private static async Task BeginAsync(PendingUpload upload, LiveUpload live, UploadPart part, IUploadWriter writer)
    {
        Check(upload, part, writer.Offset);
        live.Digest.CatchUp(part.Offset);
        // An earlier part may have been taken back.
        live.IsInspected &= writer.Offset >= HeadOf(upload);
        if (part.Sha1 is not null)
        {
            await writer.BeginUnverifiedAsync(CancellationToken.None);
        }
    }

    private async Task ReceiveAsync(
        PendingUpload upload, LiveUpload live, UploadPart part, IUploadWriter writer, CancellationToken cancellation)
    {
#pragma warning disable CA5350 // The wire demands SHA-1; it detects damage, not attacks.
        using var checksum = part.Sha1 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        if (checksum is null)
        {
            // Bytes that could not become a file are refused before the rest is read.
            await CopyAsync(part.Body, HeadOf(upload) - writer.Offset, ProcessAsync, cancellation);
            await InspectAsync(upload, live, writer, cancellation);
        }

        await CopyAsync(part.Body, upload.Length - writer.Offset, ProcessAsync, cancellation);
        await EnsureAsExpectedAsync(upload, part, checksum, writer, cancellation);
        // Bytes that were damaged on the way must not cost the client its upload, so the checksum comes first.
        await InspectAsync(upload, live, writer, cancellation);

        async Task ProcessAsync(ReadOnlyMemory<byte> piece)
        {
            checksum?.AppendData(piece.Span);
            // A part that may be taken back is hashed when it is accepted: to take back its hashes, the whole upload would be read again.
            // Without a length, too many bytes may arrive.
            var isFinal = checksum is null && part.Length is not null;
            await (isFinal ? WriteHashedAsync(live.Digest, writer, piece) : writer.WriteAsync(piece, CancellationToken.None).AsTask());
        }
    }

    /// <summary>Writes and hashes a piece. While the hashes are behind, it is only written, and they catch up.</summary>
    private static async Task WriteHashedAsync(RunningDigest digest, IUploadWriter writer, ReadOnlyMemory<byte> piece)
    {
        if (digest.At(writer.Offset) is { } hashes)
        {
            await hashes.AppendAsync(piece, bytes => writer.WriteAsync(bytes, CancellationToken.None));
            return;
        }

        await writer.WriteAsync(piece, CancellationToken.None);
        if (digest.IsIdle)
        {
            digest.CatchUp(writer.Offset);
        }
    }

    private static void Check(PendingUpload upload, UploadPart part, long offset)
    {
        if (part.Offset != offset)
        {
            throw new ImgApiException(ErrorCode.UploadConflict, $"the upload has {offset} bytes, so a part cannot begin at {part.Offset}");
        }

        if (part.Length > upload.Length - offset)
        {
            throw TooLong(upload);
        }
    }

    /// <summary>Number of first bytes that are inspected.</summary>
    private static long HeadOf(PendingUpload upload) => Math.Min(upload.Length, ContentHead.Limit);

    /// <summary>Inspects the first bytes if they are complete and were not inspected before.</summary>
    private async Task InspectAsync(PendingUpload upload, LiveUpload live, IUploadWriter writer, CancellationToken cancellation)
    {
        if (!live.IsInspected && writer.Offset >= HeadOf(upload))
        {
            await head.InspectAsync(upload, cancellation);
            live.IsInspected = true;
        }
    }

    private static async Task CopyAsync(Stream body, long count, Func<ReadOnlyMemory<byte>, Task> process, CancellationToken cancellation)
    {
        if (count > 0)
        {
            await using var limited = new LimitedStream(body, count);
            await ContentIntake.CopyAsync(limited, default, _ => { }, process, cancellation);
        }
    }

    private static async Task EnsureAsExpectedAsync(
        PendingUpload upload, UploadPart part, IncrementalHash? checksum, IUploadWriter writer, CancellationToken cancellation)
    {
        if (writer.Offset == upload.Length && await part.Body.ReadAsync(new byte[1], cancellation) > 0)
        {
            throw TooLong(upload);
        }

        if (checksum is not null && part.Sha1 != Convert.ToHexStringLower(checksum.GetHashAndReset()))
        {
            throw new ImgApiException(ErrorCode.ChecksumMismatch, "the bytes do not have the SHA-1 that Upload-Checksum names");
        }
    }

    private static ImgApiException TooLong(PendingUpload upload) =>
        new(ErrorCode.PayloadTooLarge, $"the part ends beyond the {upload.Length} bytes that Upload-Length announced");
}
