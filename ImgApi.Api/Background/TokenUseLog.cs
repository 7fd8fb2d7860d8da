using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>
/// Writes down when each token was last used, every minute and at the end. A killed process loses the uses of the last minute, and a request
/// never waits for the disk.
/// </summary>
internal sealed class TokenUseLog(
    TokenUses uses, AccessTokens tokens, ServerConfiguration configuration, TimeProvider clock, ILogger<TokenUseLog> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TokenUseFile _file = new(configuration.DataFolder);
    private Dictionary<string, DateTimeOffset> _written = [];

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (!configuration.HasTokens)
        {
            return;
        }

        uses.Add(_written = new(_file.Read()));
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, stopping);
                Write();
            }
        }
        finally
        {
            Write();
        }
    }

    private void Write()
    {
        uses.Keep(tokens.All);
        var now = new Dictionary<string, DateTimeOffset>(uses.LastById);
        if (!(now.Count == _written.Count && now.All(use => _written.TryGetValue(use.Key, out var at) && at == use.Value)) && _file.TryWrite(now))
        {
            _written = now;
        }
    }
}
