using System.Globalization;

namespace TopicGrpc.Cli.Terminals;

/// <summary>Progress as log lines: at most one for each completed tenth.</summary>
internal sealed class PlainBoard(Action<string> write) : IProgressBoard
{
    public IProgressStep Start(string title) => new Step(title, write);

    private sealed class Step(string title, Action<string> write) : IProgressStep
    {
        private const int Parts = 10;

        private readonly Lock _lock = new();
        private int _written;

        public void Report(double fraction, string note)
        {
            lock (_lock)
            {
                int reached = (int)(Math.Clamp(fraction, 0, 1) * Parts);
                if (reached > _written && reached < Parts)
                {
                    _written = reached;
                    Write(string.Create(CultureInfo.InvariantCulture, $"{reached * 100 / Parts,3} %"), note);
                }
            }
        }

        public void Complete(string note)
        {
            lock (_lock)
            {
                if (_written <= Parts)
                {
                    _written = Parts + 1;
                    Write(" done", note);
                }
            }
        }

        private void Write(string state, string note) => write($"{title,-14} {state}{(note.Length == 0 ? "" : "  " + note)}");
    }
}
