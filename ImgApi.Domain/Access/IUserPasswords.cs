namespace ImgApi.Domain.Access;

/// <summary>The passwords of the users.</summary>
public interface IUserPasswords
{
    /// <summary>
    /// Whether there is such a user with that password. An unknown user takes as long as a wrong password. What was right
    /// once costs next to nothing from then on; anything else may cost a good part of a second of a processor, of which a
    /// few are worked on at a time and the rest wait.
    /// </summary>
    /// <param name="name">Name as the caller gave it.</param>
    /// <param name="password">Password as the caller gave it.</param>
    /// <param name="mayTry">Asked when a costly comparison is about to begin; false ends the check.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The answer; null if <paramref name="mayTry"/> did not allow to find it out.</returns>
    /// <exception cref="ImgApiException"><c>ServiceUnavailableError</c> if too many are waiting already.</exception>
    ValueTask<bool?> IsRightAsync(string name, string password, Func<bool> mayTry, CancellationToken cancellation);

    /// <summary>Replaces all users, from the next check on.</summary>
    /// <param name="passwords">By user: the password in clear text, or its hash.</param>
    void Replace(IEnumerable<KeyValuePair<string, string>> passwords);
}
