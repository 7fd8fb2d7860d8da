namespace ImgApi.Api.Hosting;

/// <summary>The terminal that the program was started on.</summary>
internal static class Terminal
{
    private const string Device = "/dev/tty";

    /// <summary>Whether there is one. It goes when its window is closed or its connection ends.</summary>
    public static bool IsOpen()
    {
        try
        {
            using var terminal = File.OpenHandle(Device);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
