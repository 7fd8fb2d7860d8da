namespace ImgApi.Tests.Support;

/// <summary>Catches the <see cref="ImgApiException"/> that a test expects.</summary>
internal static class Refusal
{
    public static async Task<ImgApiException> Of(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (ImgApiException e)
        {
            return e;
        }

        throw new AssertionException("The action was not refused.");
    }
}
