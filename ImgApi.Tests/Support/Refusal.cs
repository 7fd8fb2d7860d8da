namespace ImgApi.Tests.Support;

/// <summary>Catches the refusal that an action is expected to end in.</summary>
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

        throw new AssertionException("Nothing was refused.");
    }
}
