using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>The answers to the last few queries of one catalogue. Asking takes no lock; two who ask at once may both work.</summary>
internal sealed class RecentAnswers
{
    private const int Kept = 8;

    private volatile Answer[] _answers = [];

    public IReadOnlyList<Image> GetOrAdd(ImageQuery query, Func<Image[]> work)
    {
        var answers = _answers;
        foreach (var answer in answers)
        {
            if (answer.Query == query)
            {
                return answer.Images;
            }
        }

        var images = work();
        _answers = [new Answer(query, images), .. answers.Take(Kept - 1)];
        return images;
    }

    private sealed record Answer(ImageQuery Query, Image[] Images);
}
