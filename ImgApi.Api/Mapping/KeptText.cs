using System.Collections.Concurrent;
using Microsoft.AspNetCore.ResponseCompression;

namespace ImgApi.Api.Mapping;

/// <summary>A whole text, and its compressed forms, each made when it is first asked for, and once.</summary>
internal sealed class KeptText(ReadOnlyMemory<byte> whole)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _forms = new(StringComparer.Ordinal);

    private int _sends;

    /// <summary>Whether answers are being made of it.</summary>
    public bool IsBeingSent => Volatile.Read(ref _sends) > 0;

    /// <summary>The text as it is.</summary>
    public ReadOnlyMemory<byte> Whole => whole;

    /// <summary>The text in one form.</summary>
    /// <param name="provider">Makes the form, and gives it its name.</param>
    public Task<byte[]> InAsync(ICompressionProvider provider) =>
        _forms.GetOrAdd(provider.EncodingName, _ => new(() => Task.Run(() => Compress(provider)))).Value;

    /// <summary>Tells that an answer is being made of it; <see cref="EndSending"/> has to follow.</summary>
    public void BeginSending() => Interlocked.Increment(ref _sends);

    /// <summary>Tells that the answer was sent, or broken off.</summary>
    public void EndSending() => Interlocked.Decrement(ref _sends);

    private byte[] Compress(ICompressionProvider provider)
    {
        using var target = new MemoryStream();
        using (var compressor = provider.CreateStream(target))
        {
            compressor.Write(whole.Span);
        }

        return target.ToArray();
    }
}
