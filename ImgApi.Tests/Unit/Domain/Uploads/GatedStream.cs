namespace ImgApi.Tests.Unit.Domain.Uploads;

/// <summary>Bytes that arrive after <see cref="LetGo"/>.</summary>
internal sealed class GatedStream(byte[] bytes) : MemoryStream(bytes)
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _gate.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _gate.Task.WaitAsync(cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
