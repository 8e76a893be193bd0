namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Window of consecutive words of a text.</summary>
/// <param name="Start">First word.</param>
/// <param name="End">One after the last word.</param>
internal readonly record struct TokenWindow(int Start, int End)
{
    /// <summary>Returns the windows of a text: full windows at every stride and, with padding, shorter windows at both ends.</summary>
    public static IReadOnlyList<TokenWindow> Of(int tokens, DistributionOptions options)
    {
        if (tokens < options.Window)
        {
            return [new TokenWindow(0, tokens)];
        }

        List<TokenWindow> windows = [];
        if (options.Padding)
        {
            // ceil(window / stride) − 1 prefixes, each one stride longer than the previous one.
            int prefixes = ((options.Window + options.Stride - 1) / options.Stride) - 1;
            for (int i = 0; i < prefixes; i++)
            {
                windows.Add(new TokenWindow(0, options.Window - ((prefixes - i) * options.Stride)));
            }
        }

        for (int start = 0; start < tokens; start += options.Stride)
        {
            if (options.Padding || start + options.Window <= tokens)
            {
                windows.Add(new TokenWindow(start, Math.Min(tokens, start + options.Window)));
            }
        }

        return windows;
    }
}
