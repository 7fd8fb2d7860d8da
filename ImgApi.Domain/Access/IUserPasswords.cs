namespace ImgApi.Domain.Access;

public interface IUserPasswords
{
    /// <summary>
    /// Whether the user exists and has this password. An unknown user takes as long as a wrong password. A password that was once found
    /// right costs almost nothing; any other check may compute a hash,
    /// about a third of a second of CPU with the default iterations. Only a few run concurrently, the rest queue.
    /// </summary>
    /// <param name="mayTry">Called before an expensive comparison begins; false skips it, and the result is null.</param>
    /// <exception cref="ImgApiException"><c>ServiceUnavailableError</c> if the queue is full.</exception>
    ValueTask<bool?> VerifyAsync(string name, string password, Func<bool> mayTry, CancellationToken cancellation);

    /// <summary>Replaces all users.</summary>
    /// <param name="passwords">The clear-text password, or its hash, by user name.</param>
    void Replace(IEnumerable<KeyValuePair<string, string>> passwords);
}
