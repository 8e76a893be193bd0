namespace TopicGrpc.Testing;

/// <summary>Short texts about unrelated themes; with <see cref="FakeEmbedder"/>, each theme becomes a topic.</summary>
public static class ThemedTexts
{
    private static readonly string[][] Themes =
    [
        ["orbit", "rocket", "lunar", "shuttle", "telescope", "astronaut", "launch", "satellite"],
        ["driver", "graphics", "monitor", "pixel", "shader", "display", "resolution", "video"],
        ["goalie", "hockey", "puck", "playoff", "skating", "defense", "overtime", "league"],
        ["encryption", "cipher", "key", "privacy", "clipper", "escrow", "wiretap", "secret"],
    ];

    /// <summary>Number of themes.</summary>
    public static int ThemeCount => Themes.Length;

    /// <summary>Returns text number <paramref name="index"/>; its theme is <paramref name="index"/> mod <see cref="ThemeCount"/>.</summary>
    public static string Text(int index)
    {
        string[] words = Themes[index % Themes.Length];
        Random random = new(index);
        return string.Join(' ', Enumerable.Range(0, 6).Select(_ => words[random.Next(words.Length)]));
    }
}
