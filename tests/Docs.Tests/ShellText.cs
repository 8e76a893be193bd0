using System.Text;

namespace TopicGrpc.Docs.Tests;

/// <summary>Splits shell text into commands by the POSIX rules that the documents use: quotes, escapes, comments, lists, pipes.</summary>
internal static class ShellText
{
    /// <summary>Returns the words of each command with the index of its line, counted from 0; redirections are not arguments.</summary>
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IReadOnlyList<(int Line, string[] Words)> Commands(string text)
    {
        List<(int, string[])> commands = [];
        List<string> words = [];
        StringBuilder? word = null;
        int line = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\\' when i + 1 < text.Length:
                    i++;
                    if (text[i] == '\n')
                    {
                        line++;
                    }
                    else
                    {
                        (word ??= new StringBuilder()).Append(text[i]);
                    }

                    break;
                case '\'' or '"':
                    word ??= new StringBuilder();
                    i = AppendQuoted(text, i, word);
                    break;
                case '#' when word is null:
                    i = EndOfLine(text, i) - 1;
                    break;
                case '\n' or ';' or '&' or '|':
                    EndCommand();
                    line += c == '\n' ? 1 : 0;
                    start = line;
                    break;
                case ' ' or '\t':
                    EndWord();
                    break;
                default:
                    (word ??= new StringBuilder()).Append(c);
                    break;
            }
        }

        EndCommand();
        return commands;

        void EndWord()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }

        void EndCommand()
        {
            EndWord();
            string[] arguments = [.. words.TakeWhile(static word => word is not (">" or ">>" or "<"))];
            if (arguments.Length > 0)
            {
                commands.Add((start, arguments));
            }

            words.Clear();
        }
    }

    private static int AppendQuoted(string text, int open, StringBuilder word)
    {
        char quote = text[open];
        for (int i = open + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                return i;
            }

            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`')
            {
                i++;
            }

            word.Append(text[i]);
        }

        throw new FormatException($"a quote is not closed: {text[open..EndOfLine(text, open)]}");
    }

    private static int EndOfLine(string text, int from)
    {
        int end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }
}
