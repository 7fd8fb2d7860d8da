namespace ImgApi.Tests.Unit.Domain.Uploads;

/// <summary>Bytes that arrive after <see cref="LetGo"/>, as over a link that is slower than the disk.</summary>
internal sealed class GatedStream(byte[] bytes) : MemoryStream(bytes)
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _gate.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _gate.Task.WaitAsync(cancellationToken);
        await Task.Delay(5, cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
