var H5P = H5P || {};

/** One question, a button for each answer. The choice is its state; each choice tells `answered` and `completed`. */
H5P.OppivaToy = (function () {
  function OppivaToy(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
    this.chosen = extras && extras.previousState ? extras.previousState.chosen : undefined;
  }

  OppivaToy.prototype = Object.create(H5P.EventDispatcher.prototype);
  OppivaToy.prototype.constructor = OppivaToy;

  OppivaToy.prototype.attach = function ($container) {
    var self = this;
    var root = document.createElement('div');
    root.className = 'oppiva-toy';
    var question = document.createElement('div');
    question.innerHTML = this.params.question;
    root.appendChild(question);
    if (this.params.picture) {
      var picture = document.createElement('img');
      picture.alt = '';
      picture.src = H5P.getPath(this.params.picture.path, this.contentId);
      root.appendChild(picture);
    }
    this.buttons = this.params.answers.map(function (answer, index) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = answer.text;
      button.addEventListener('click', function () {
        self.choose(index);
      });
      root.appendChild(button);
      return button;
    });
    this.feedback = document.createElement('p');
    this.feedback.setAttribute('role', 'status');
    root.appendChild(this.feedback);
    $container[0].appendChild(root);
    this.show();
    this.triggerXAPI('attempted');
  };

  OppivaToy.prototype.show = function () {
    var chosen = this.chosen;
    this.buttons.forEach(function (button, index) {
      button.setAttribute('aria-pressed', String(index === chosen));
    });
    this.feedback.textContent = chosen === undefined ? '' : this.params.answers[chosen].feedback;
    this.trigger('resize');
  };

  OppivaToy.prototype.choose = function (index) {
    this.chosen = index;
    this.show();
    this.tell('answered');
    this.tell('completed');
  };

  OppivaToy.prototype.tell = function (verb) {
    var best = this.getMaxScore();
    var event = this.createXAPIEventTemplate(verb);
    var definition = event.getVerifiedStatementValue(['object', 'definition']);
    definition.interactionType = 'choice';
    definition.type = 'http://adlnet.gov/expapi/activities/cmi.interaction';
    definition.correctResponsesPattern = [String(this.points().indexOf(best))];
    event.setScoredResult(this.getScore(), best, this, true, this.getScore() === best);
    event.data.statement.result.response = String(this.chosen);
    this.trigger(event);
  };

  OppivaToy.prototype.points = function () {
    return this.params.answers.map(function (answer) {
      return answer.points;
    });
  };

  OppivaToy.prototype.getScore = function () {
    return this.chosen === undefined ? 0 : this.params.answers[this.chosen].points;
  };

  OppivaToy.prototype.getMaxScore = function () {
    return Math.max.apply(Math, this.points());
  };

  OppivaToy.prototype.getCurrentState = function () {
    return this.chosen === undefined ? undefined : { chosen: this.chosen };
  };

  return OppivaToy;
})();
